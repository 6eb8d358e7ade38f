/** The description of a cluster's file as a JSON schema, by which editors complete and check it. */
import { z } from 'zod';
import { description } from './description.ts';
import { layers, type List } from './layers.ts';
import type { Overlays } from './overlays.ts';
import { refusedEntryFields, refusedFields } from './refused-fields.ts';

/** What an editor proposes, in addition to what the description allows. */
export interface Proposals {
  readonly overlays: Overlays;
  /** ConfigMaps that a cluster may merge into. */
  readonly configMaps: readonly string[];
  readonly workloads: readonly string[];
}

/** A part of a JSON schema. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

/** Fields that editors refuse with the reason, and never propose. */
const refusals = (fields: Readonly<Record<string, string>>): Readonly<Record<string, Schema>> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, reason]) => [
      field,
      { not: {}, doNotSuggest: true, errorMessage: `A cluster may not set ${field}: ${reason}.` },
    ]),
  );

/** `anyOf` with an empty schema allows every value, and editors propose those of the other. */
const proposing = (schema: Schema, values: readonly string[]): Schema => ({ ...schema, anyOf: [{ enum: values }, {}] });

const referencesIn = (list: List, overlays: Overlays): readonly string[] => [
  ...new Set(
    layers
      .filter((layer) => layer.list === list)
      .flatMap(({ folder }) =>
        (folder === 'options' ? Object.keys(overlays.options) : overlays[folder]).map(
          (name) => `../../overlays/${folder}/${name}`,
        ),
      ),
  ),
];

const changed = (schema: Schema, field: string, change: (inner: Schema) => Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, [field]: change(schema.properties?.[field] ?? {}) },
});

const items = (schema: Schema, change: (inner: Schema) => Schema): Schema => ({
  ...schema,
  items: change(schema.items ?? {}),
});

/** The JSON schema, of the draft that editors know. */
export const editorSchema = ({ overlays, configMaps, workloads }: Proposals): object => {
  const shape = z.toJSONSchema(description, { target: 'draft-7' }) as Schema;
  const withNames = [
    ['resources', (list: Schema) => items(list, (each) => proposing(each, referencesIn('resources', overlays)))],
    ['components', (list: Schema) => items(list, (each) => proposing(each, referencesIn('components', overlays)))],
    [
      'configMapGenerator',
      (list: Schema) => items(list, (each) => changed(each, 'name', (name) => proposing(name, configMaps))),
    ],
    ['replicas', (list: Schema) => items(list, (each) => changed(each, 'name', (name) => proposing(name, workloads)))],
  ] as const;
  const proposed = withNames.reduce((schema, [field, change]) => changed(schema, field, change), shape);
  const refusing = Object.entries(refusedEntryFields).reduce(
    (schema, [field, fields]) =>
      changed(schema, field, (list) =>
        items(list, (each) => ({ ...each, properties: { ...each.properties, ...refusals(fields) } })),
      ),
    proposed,
  );
  return {
    ...refusing,
    title: 'A cluster',
    description: 'What the kustomization.yaml of a cluster may contain. Written by npm run generate; edits are lost.',
    properties: { ...refusing.properties, ...refusals(refusedFields) },
  };
};
