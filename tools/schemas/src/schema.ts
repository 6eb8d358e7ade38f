/** JSON schemas that refuse what nobody declared: closed objects, no prose. */

/** A JSON schema, or OpenAPI's dialect of it. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

/** Keywords whose value is one schema, a list of schemas, or a record of schemas. */
const single = ['items', 'not', 'additionalProperties'] as const;
const lists = ['allOf', 'anyOf', 'oneOf'] as const;

/** Keywords that are kept as they are; all others are prose, defaults, or for the API server alone. */
const kept = [
  '$ref',
  'type',
  'enum',
  'const',
  'required',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

const integerOrString: Schema = { type: ['integer', 'string'] };

/** `cpu: 1` is as good as `cpu: "1"`. */
const quantity: Schema = { type: ['number', 'string'] };

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFree = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true;

const keywords = (schema: Schema): Schema =>
  Object.fromEntries([
    ...kept.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]),
    ...single
      .filter((keyword) => isObject(schema[keyword]))
      .map((keyword) => [keyword, strict(schema[keyword] as Schema)]),
    ...lists
      .filter((keyword) => keyword in schema)
      .map((keyword) => [keyword, (schema[keyword] as readonly Schema[]).map(strict)]),
    ...(schema.properties
      ? [
          [
            'properties',
            Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, strict(value)])),
          ],
        ]
      : []),
  ]) as Schema;

/**
 * The same schema without prose, in which every object with declared properties takes no others. Objects without
 * properties, and those that keep unknown fields, stay open. Branches of `anyOf` and the like name no type, and so are
 * not closed by themselves.
 */
export const strict = (schema: Schema): Schema => {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') return integerOrString;
  const plain = keywords(schema);
  const closed =
    plain.type === 'object' && plain.properties && plain.additionalProperties === undefined && !isFree(schema)
      ? { ...plain, additionalProperties: false }
      : plain;
  return schema['nullable'] === true && typeof closed.type === 'string'
    ? { ...closed, type: [closed.type, 'null'] }
    : closed;
};

/** What Kubernetes' own documents call differently from JSON schema. */
export const wellKnown: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': quantity,
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': integerOrString,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': {},
};

/** JSON with sorted keys: the same schema, the same bytes. */
export const stable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(stable);
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, stable(inner)]),
      )
    : value;
};
