#!/usr/bin/env node
/** Command: renews the schemas of the oldest versions that a cluster may have, from a folder of definitions. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { writeFolder } from '../../repository/src/owned-folder.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { definitionsIn } from './inputs.ts';
import { minimumVersions } from './minimum-versions.ts';
import { stable, type Schema } from './schema.ts';
import { customSchemas, kindOf, kubernetesSchemas, together, type Schemas, type Swagger } from './sources.ts';

const folder = 'tools/schemas/minimum';

const wanted = new Set(minimumVersions.flatMap(({ kinds }) => kinds));

/** The kinds of the table, in the versions of an API that also the newest programs serve. */
const only = (schemas: Schemas): Schemas =>
  Object.fromEntries(
    Object.entries(schemas).filter(
      ([file, schema]) => wanted.has(kindOf(schema).kind) && existsSync(join(repository, 'tools/schemas/json', file)),
    ),
  );

const within = (schema: Schema, [first, ...rest]: readonly string[], change: (inner: Schema) => Schema): Schema => {
  if (first === undefined) return change(schema);
  if (first === 'items') return { ...schema, items: within(schema.items ?? {}, rest, change) };
  const inner = within(schema.properties?.[first] ?? {}, rest, change);
  return { ...schema, properties: { ...schema.properties, [first]: inner } };
};

/** An ApplicationSet's schema repeats the Application's in each of its generators: all but `git` are left out. */
const withoutGenerators = (schema: Schema): Schema =>
  kindOf(schema).kind === 'ApplicationSet'
    ? within(schema, ['spec', 'generators', 'items'], (inner) => ({
        ...inner,
        properties: { git: within(inner.properties?.['git'] ?? {}, ['template'], () => ({ type: 'object' })) },
      }))
    : schema;

const command = defineCommand({
  meta: { name: 'minimum', description: 'Renew the schemas of the oldest versions that a cluster may have.' },
  args: {
    definitions: {
      type: 'string',
      required: true,
      description:
        'Folder with swagger.json of Kubernetes and the YAML files of the definitions, at their oldest versions.',
    },
  },
  run: withPlainErrors(({ args }) => {
    const document = join(args.definitions, 'swagger.json');
    if (!existsSync(document))
      throw new Error(`${document}: does not exist; copy it from the module k8s.io/kubernetes`);
    const swagger = JSON.parse(readFileSync(document, 'utf8')) as Swagger;
    const schemas = together([
      only(kubernetesSchemas(swagger)),
      ...definitionsIn(args.definitions).map((definition) => only(customSchemas(swagger, definition))),
    ]);
    const files = Object.entries(schemas).map(([file, schema]) => [
      file,
      `${JSON.stringify(stable(withoutGenerators(schema)))}\n`,
    ]);
    writeFolder(repository, folder, Object.fromEntries(files) as Readonly<Record<string, string>>);
    console.log(`${files.length} schemas in ${folder}`);
  }),
});

await runMain(command);
