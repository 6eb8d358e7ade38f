/** Makes definitions of the custom kinds for an API server from their committed schemas. */
import { isCustom, kindOf, withoutMetadata, type Definition, type Schemas } from './sources.ts';
import type { Schema } from './schema.ts';

/** A definition that an API server accepts. */
export interface CustomResourceDefinition extends Definition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

/** Cluster-scoped kinds. Schemas do not contain the scope; `--crds` compares this list with the definitions. */
const clusterScoped: ReadonlySet<string> = new Set(['ClusterSecretStore']);

/** Kinds without a status subresource. Schemas do not contain this either. */
const statusWithin: ReadonlySet<string> = new Set(['Application', 'AppProject']);

/** The name of a kind's resource, in plural, as rules of RBAC have it. */
export const resourceOf = (kind: string): string => {
  const word = kind.toLowerCase();
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
};

const preserving: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** Converts a JSON schema, which is open by default, for an API server, which drops undeclared fields by default. */
const structural = ({ type, additionalProperties, properties, items, ...rest }: Schema): Schema => {
  const inner: Schema = {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, structural(value)])),
    }),
    ...(items && { items: structural(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: structural(additionalProperties) }),
  };
  if (typeof type !== 'string') {
    return type?.length === 2 ? { ...inner, 'x-kubernetes-int-or-string': true } : { ...inner, ...preserving };
  }
  return type === 'object' && additionalProperties === undefined
    ? { ...inner, type, ...preserving }
    : { ...inner, type };
};

const rootOf = (whole: Schema): Schema => {
  const { required = [], ...schema } = withoutMetadata(whole);
  const own = required.filter((key) => !['apiVersion', 'kind', 'metadata'].includes(key));
  const properties = {
    ...schema.properties,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object', additionalProperties: false },
  };
  return structural({ ...schema, ...(own.length > 0 && { required: own }), properties });
};

const definitionOf = (schemas: readonly Schema[]): CustomResourceDefinition => {
  const [gvk, ...others] = schemas.map(kindOf);
  if (!gvk) throw new Error('a definition needs at least one schema');
  const { group, kind } = gvk;
  const names = { kind, plural: resourceOf(kind), singular: kind.toLowerCase(), listKind: `${kind}List` };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${names.plural}.${group}`,
      // An API server refuses definitions in Kubernetes' own domain without this annotation.
      ...(/\.(k8s|kubernetes)\.io$/.test(group) && {
        annotations: { 'api-approved.kubernetes.io': 'unapproved, made from a JSON schema for a rehearsal' },
      }),
    },
    spec: {
      group,
      names,
      scope: clusterScoped.has(kind) ? 'Cluster' : 'Namespaced',
      versions: [gvk, ...others].map(({ version: name }, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: rootOf(schemas[index] ?? {}) },
        ...(schemas[index]?.properties?.['status'] && !statusWithin.has(kind) && { subresources: { status: {} } }),
      })),
    },
  };
};

/**
 * A definition of each custom kind that has a schema, with all its versions; the first by name is the storage version.
 * The definitions refuse unknown keys and wrong values as the schemas do. They have no defaults, CEL rules, formats,
 * list keys or printer columns, because schemas do not contain these.
 */
export const definitionsFrom = (schemas: Schemas): readonly CustomResourceDefinition[] => {
  const custom = Object.entries(schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, schema]) => schema)
    .filter(isCustom);
  const name = (schema: Schema): string => `${kindOf(schema).kind}.${kindOf(schema).group}`;
  return [...new Set(custom.map(name))].map((wanted) =>
    definitionOf(custom.filter((schema) => name(schema) === wanted)),
  );
};

/**
 * Compares a published definition with the one made from its schemas, in the facts that schemas do not contain.
 * @returns a sentence for each difference
 */
export const disagreements = (published: Definition, made: Definition): readonly string[] => {
  const facts = ({ spec }: Definition): Readonly<Record<string, unknown>> => ({
    plural: spec.names.plural,
    scope: spec.scope,
    ...Object.fromEntries(
      spec.versions
        .filter(({ served }) => served)
        .map(({ name, subresources }) => [`status subresource of ${name}`, subresources?.status !== undefined]),
    ),
  });
  const wanted = facts(published);
  const found = facts(made);
  return Object.keys(wanted)
    .filter((fact) => wanted[fact] !== found[fact])
    .map(
      (fact) =>
        `${published.spec.names.kind}: ${fact} is ${String(wanted[fact])}, but tools/schemas/src/definitions.ts assumes ${String(found[fact])}`,
    );
};
