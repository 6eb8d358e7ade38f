/** What the fuzzer does to a cluster: its file as data, its file as text, objects that it brings, patches of what it renders. */
import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { nastyObjects, nastyPodFields, nastyValues } from './nasty.ts';

/** One change of a cluster. Numbers are taken modulo the number of places that exist. */
export type Mutation =
  | { readonly kind: 'replace'; readonly place: number; readonly value: unknown }
  | { readonly kind: 'remove'; readonly place: number }
  | { readonly kind: 'add'; readonly place: number; readonly key: string; readonly value: unknown }
  | { readonly kind: 'text'; readonly line: number; readonly change: TextChange }
  | { readonly kind: 'object'; readonly object: object }
  | { readonly kind: 'patch'; readonly object: number; readonly path: number; readonly change: Change }
  | { readonly kind: 'pod'; readonly object: number; readonly field: readonly [path: string, value: unknown] };

/** A change of one field of a rendered object. */
type Change = { readonly op: 'remove' } | { readonly op: 'replace' | 'add'; readonly value: unknown };

/** A change of one line. */
export type TextChange = 'twice' | 'gone' | 'indented' | 'outdented' | 'tab' | 'cut' | 'anchor' | 'merge' | 'bytes';

/** Fields of Kustomize, and near misses. */
const keys = [
  ...['resources', 'components', 'patches', 'images', 'replicas', 'configMapGenerator', 'secretGenerator'],
  ...['labels', 'commonLabels', 'commonAnnotations', 'namePrefix', 'nameSuffix', 'namespace', 'generatorOptions'],
  ...['helmCharts', 'helmGlobals', 'generators', 'transformers', 'validators', 'replacements', 'vars', 'crds'],
  ...['openapi', 'configurations', 'buildMetadata', 'sortOptions', 'bases', 'patchesStrategicMerge', 'patchesJson6902'],
  ...['Patches', 'resource', 'Components', 'inventory', 'imageTags', 'metadata', 'kind', 'apiVersion'],
  ...[
    'literals',
    'files',
    'envs',
    'env',
    'behavior',
    'options',
    'name',
    'target',
    'patch',
    'path',
    'newName',
    'newTag',
  ],
  ...['__proto__', 'constructor', 'toString', '', ' '],
];

const scalar: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...nastyValues),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
);

const value: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...keys), scalar, { maxKeys: 3 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.dictionary(fc.constantFrom(...keys), scalar, { maxKeys: 3 }), { maxLength: 2 }),
  },
);

const place = fc.nat({ max: 10_000 });

const textChanges = ['twice', 'gone', 'indented', 'outdented', 'tab', 'cut', 'anchor', 'merge', 'bytes'] as const;

const change: Arbitrary<Change> = fc.oneof(
  fc.record({ op: fc.constant('remove' as const) }),
  fc.record({ op: fc.constantFrom('replace' as const, 'add' as const), value }),
);

const mutation: Arbitrary<Mutation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), place, value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('add' as const), place, key: fc.constantFrom(...keys), value }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      line: place,
      change: fc.constantFrom(...textChanges),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('object' as const), object: fc.constantFrom(...nastyObjects) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('patch' as const), object: place, path: place, change }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pod' as const),
      object: place,
      field: fc.constantFrom(...nastyPodFields),
    }),
  },
);

/** An input: the example that it starts from, and one to three changes. */
export interface Input {
  readonly example: number;
  readonly mutations: readonly Mutation[];
}

/** All inputs. */
export const inputs: Arbitrary<Input> = fc.record({
  example: place,
  mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
});
