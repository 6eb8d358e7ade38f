/** The definitions for an API server, and the digests that protect the schemas of custom kinds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { at } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { definitionsFrom, disagreements } from '../src/definitions.ts';
import { deviations, digestsOf } from '../src/digests.ts';
import { committedDefinitions, committedDigests, committedSchemas } from '../src/inputs.ts';
import { customSchemas, isCustom, kindOf, withoutMetadata, type Definition, type Schemas } from '../src/sources.ts';
import type { Schema } from '../src/schema.ts';

const committed = committedSchemas();
const definitions = committedDefinitions();

const shapes = (schemas: Schemas) =>
  Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, withoutMetadata(schema)]));

const widget = (version: string, spec: Schema): Schema => ({
  type: 'object',
  properties: {
    apiVersion: { const: `example.com/${version}` },
    kind: { const: 'Widget' },
    metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
    spec,
    status: { type: 'object', additionalProperties: false },
  },
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  additionalProperties: false,
});

describe('the definitions', () => {
  test('give the committed schemas again', () => {
    const again = Object.assign({}, ...definitions.map((definition) => customSchemas({ definitions: {} }, definition)));
    const custom = Object.fromEntries(Object.entries(committed).filter(([, schema]) => isCustom(schema)));
    expect(Object.keys(custom).length).toBeGreaterThan(0);
    expect(shapes(again as Schemas)).toEqual(shapes(custom));
  });

  // tools/clusters/test/render.test.ts checks every render against the AppProject's list.
  test('include every custom kind that the AppProject allows', () => {
    const project = load(readFileSync(join(repository, 'overlays/argo-cd/app-project.yaml'), 'utf8'));
    const admitted = ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap(
      (list) => at(project, 'spec', list) as readonly { readonly group: string; readonly kind: string }[],
    );
    const kubernetes = new Set(
      Object.values(committed)
        .filter((schema) => !isCustom(schema))
        .map((schema) => kindOf(schema).group),
    );
    const custom = admitted.filter(({ group }) => !kubernetes.has(group)).map(({ group, kind }) => `${kind}.${group}`);
    const defined = new Set(definitions.map(({ spec }) => `${spec.names.kind}.${spec.group}`));
    expect(custom.length).toBeGreaterThan(0);
    expect(custom.filter((kind) => !defined.has(kind))).toEqual([]);
  });

  test('combine all versions of a kind and store one of them', () => {
    const spec = { type: 'object', additionalProperties: false };
    const [made, ...others] = definitionsFrom({ b: widget('v1beta1', spec), a: widget('v1', spec) });
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      metadata: { name: 'widgets.example.com' },
      spec: {
        scope: 'Namespaced',
        versions: [
          { name: 'v1', storage: true, subresources: { status: {} } },
          { name: 'v1beta1', storage: false },
        ],
      },
    });
  });

  test('follow the rules of an API server: closed by default, open where the schema is open', () => {
    const spec: Schema = {
      type: 'object',
      properties: {
        port: { type: ['integer', 'string'] },
        free: { type: 'object' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        any: { type: ['array', 'boolean', 'number', 'object', 'string'] },
      },
      additionalProperties: false,
    };
    const [made] = definitionsFrom({ a: widget('v1', spec) });
    expect(made?.spec.versions[0]?.schema?.openAPIV3Schema).toEqual({
      type: 'object',
      required: ['spec'],
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
        spec: {
          type: 'object',
          properties: {
            port: { 'x-kubernetes-int-or-string': true },
            free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            labels: { type: 'object', additionalProperties: { type: 'string' } },
            any: { 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
        status: { type: 'object' },
      },
    });
  });

  test('are compared with the published definition in the facts that schemas do not contain', () => {
    const published: Definition = {
      spec: {
        group: 'example.com',
        names: { kind: 'Widget', plural: 'widgetry' },
        scope: 'Cluster',
        versions: [{ name: 'v1', served: true }],
      },
    };
    const [made] = definitionsFrom({ a: widget('v1', { type: 'object' }) });
    expect(made && disagreements(published, made)).toEqual([
      'Widget: plural is widgetry, but tools/schemas/src/definitions.ts assumes widgets',
      'Widget: scope is Cluster, but tools/schemas/src/definitions.ts assumes Namespaced',
      'Widget: status subresource of v1 is false, but tools/schemas/src/definitions.ts assumes true',
    ]);
  });
});

describe('the schema of a custom kind', () => {
  const file = 'kafka-kafka-v1.json';

  test('matches its digest', () => {
    expect(deviations(committedDigests(), digestsOf(committed))).toEqual([]);
  });

  test.each([
    ['edited', { ...committed, [file]: { ...committed[file], required: ['kind'] } }],
    ['missing', Object.fromEntries(Object.entries(committed).filter(([name]) => name !== file))],
  ])('is named when it is %s', (what, schemas) => {
    expect(deviations(committedDigests(), digestsOf(schemas))).toEqual([
      `tools/schemas/json/${file}: ${what}; restore it, or run npm run schemas -- --crds <folder of definitions>`,
    ]);
  });

  test('is named when it comes from no definition', () => {
    const schemas = { ...committed, 'widget-example-v1.json': widget('v1', { type: 'object' }) };
    expect(deviations(committedDigests(), digestsOf(schemas))).toEqual([
      expect.stringContaining('widget-example-v1.json: comes from no definition'),
    ]);
  });
});
