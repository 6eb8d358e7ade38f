/** Makes schemas, by file name, from Kubernetes' OpenAPI document and from definitions of custom kinds. */
import { strict, wellKnown, type Schema } from './schema.ts';

/** Schemas by the file name that kubeconform looks for. */
export type Schemas = Readonly<Record<string, Schema>>;

/**
 * All schemas in one record.
 * @throws Error if two kinds have the same file name, because the name has only the first label of a kind's group
 */
export const together = (parts: readonly Schemas[]): Schemas => {
  const entries = parts.flatMap((part) => Object.entries(part));
  const twice = entries.find(([file], index) => entries.findIndex(([other]) => other === file) !== index);
  if (twice) throw new Error(`${twice[0]}: two definitions have this file name; keep one of them`);
  return Object.fromEntries(entries);
};

/** The kind of object that a schema describes. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** kubeconform's `{{ .ResourceKind }}{{ .KindSuffix }}.json`. */
const fileName = ({ group, version, kind }: GroupVersionKind): string =>
  `${[kind.toLowerCase(), ...(group ? [group.split('.')[0]] : []), version].join('-')}.json`;

const apiVersion = ({ group, version }: GroupVersionKind): string => (group ? `${group}/${version}` : version);

/** Kubernetes' own groups that a cluster may use. */
const groups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/**
 * The kind whose objects a committed schema describes.
 * @throws Error if the schema does not name its kind
 */
export const kindOf = ({ properties }: Schema): GroupVersionKind => {
  const { apiVersion: both, kind } = properties ?? {};
  if (typeof both?.['const'] !== 'string' || typeof kind?.['const'] !== 'string') {
    throw new Error('has no constant apiVersion and kind');
  }
  const [version = '', group = ''] = both['const'].split('/').toReversed();
  return { group, version, kind: kind['const'] };
};

/** Whether a committed schema is of a custom kind. */
export const isCustom = (schema: Schema): boolean => !groups.has(kindOf(schema).group);

/** A schema without Kubernetes' own metadata. */
export const withoutMetadata = (schema: Schema): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== 'definitions'));

/** Kinds of responses and subresources, which clients do not apply. */
const notApplied = /(List|Review|TokenRequest|Eviction|Binding|Scale|ComponentStatus)$/;
const applied = ({ kind }: GroupVersionKind): boolean => !notApplied.test(kind) || /^(Cluster)?RoleBinding$/.test(kind);

/** The parts of Kubernetes' `swagger.json` that this file reads. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, Schema>>;
}

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const reference = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const referenced = (schema: Schema): readonly string[] =>
  [...JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)].map(([, name = '']) => name);

const definition = (swagger: Swagger, name: string): Schema =>
  wellKnown[name] ?? strict(swagger.definitions[name] ?? {});

/** All definitions that a schema refers to, directly or indirectly. */
const reachable = (swagger: Swagger, schema: Schema): Readonly<Record<string, Schema>> => {
  const found: Record<string, Schema> = {};
  const open = [...referenced(schema)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in found) continue;
    const next = definition(swagger, name);
    found[name] = next;
    open.push(...referenced(next));
  }
  return found;
};

const topLevel = (schema: Schema, gvk: GroupVersionKind): Schema => ({
  ...schema,
  properties: { ...schema.properties, apiVersion: { const: apiVersion(gvk) }, kind: { const: gvk.kind } },
  required: [...new Set([...(schema.required ?? []), 'apiVersion', 'kind', 'metadata'])].sort(),
});

/** Schemas of Kubernetes' own kinds, stable versions only, from its `swagger.json`. */
export const kubernetesSchemas = (swagger: Swagger): Schemas =>
  Object.fromEntries(
    Object.entries(swagger.definitions).flatMap(([name, raw]) => {
      const kinds = (raw['x-kubernetes-group-version-kind'] ?? []) as readonly GroupVersionKind[];
      const [gvk] = kinds;
      const isObject = raw.properties?.['metadata']?.['$ref'] === `#/definitions/${objectMeta}`;
      if (!gvk || kinds.length !== 1 || !isObject || !groups.has(gvk.group)) return [];
      if (!/^v\d+$/.test(gvk.version) || !applied(gvk)) return [];
      const schema = topLevel(definition(swagger, name), gvk);
      return [[fileName(gvk), { ...schema, definitions: reachable(swagger, schema) }] as const];
    }),
  );

/** The parts of a CustomResourceDefinition that this file reads. */
export interface Definition {
  readonly kind?: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural?: string };
    readonly scope?: string;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema: Schema };
      readonly subresources?: { readonly status?: unknown };
    }[];
  };
}

/** Schemas of all served versions of a custom kind. */
export const customSchemas = (swagger: Swagger, { spec }: Definition): Schemas =>
  Object.fromEntries(
    spec.versions
      .filter(({ served }) => served)
      .map(({ name: version, schema }) => {
        const gvk = { group: spec.group, version, kind: spec.names.kind };
        const top = topLevel(strict(schema?.openAPIV3Schema ?? { type: 'object' }), gvk);
        const metadata = reference(objectMeta);
        const whole = { ...top, properties: { ...top.properties, metadata } };
        return [fileName(gvk), { ...whole, definitions: reachable(swagger, whole) }];
      }),
  );
