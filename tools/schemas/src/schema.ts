/** Makes JSON schemas strict: objects refuse undeclared keys, and descriptions are removed. */

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

/** Keywords to keep. All others are descriptions, defaults, or meant only for the API server. */
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

/** A value without a type may be anything except null, because null usually is a field that someone forgot to fill. */
const anything: Schema = { type: ['array', 'boolean', 'number', 'object', 'string'] };

const integerOrString: Schema = { type: ['integer', 'string'] };

/** Quantities may be numbers: `cpu: 1` equals `cpu: "1"`. */
const quantity: Schema = { type: ['number', 'string'] };

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFree = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true;

const keywords = (schema: Schema, inner: (schema: Schema) => Schema): Schema =>
  Object.fromEntries([
    ...kept.filter((keyword) => keyword in schema).map((keyword) => [keyword, schema[keyword]]),
    ...single
      .filter((keyword) => isObject(schema[keyword]))
      .map((keyword) => [keyword, (keyword === 'not' ? branch : inner)(schema[keyword] as Schema)]),
    ...lists
      .filter((keyword) => Array.isArray(schema[keyword]))
      .map((keyword) => [keyword, (schema[keyword] as readonly Schema[]).map(branch)]),
    ...(schema.properties
      ? [
          [
            'properties',
            Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, inner(value)])),
          ],
        ]
      : []),
  ]) as Schema;

/** A branch of `anyOf` and similar only adds a condition to its parent's object, so it stays open and untyped. */
const branch = (schema: Schema): Schema => keywords(schema, branch);

const isClosed = (schema: Schema): boolean =>
  schema.type === 'object' && !isFree(schema) && (schema.additionalProperties ?? false) === false;

/**
 * Returns the schema without descriptions, and with objects that refuse undeclared keys. An object that declares no
 * keys refuses all keys, because the API server would drop them. Free maps and objects that keep unknown fields stay
 * open. Only these accept null, even where the API server would accept it (`nullable`).
 */
export const strict = (schema: Schema): Schema => {
  if (schema['x-kubernetes-int-or-string'] === true || schema['format'] === 'int-or-string') {
    return { ...keywords({ ...schema, anyOf: undefined }, strict), ...integerOrString };
  }
  const plain = keywords(schema, strict);
  if (isClosed(schema)) return { ...plain, additionalProperties: false };
  return plain.type === undefined && plain['$ref'] === undefined ? { ...plain, ...anything } : plain;
};

/**
 * Types that Kubernetes' document describes only in words. `strict` does not look into a schema inside a definition.
 */
export const wellKnown: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': quantity,
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': integerOrString,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': anything,
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': { type: 'object' },
};

/** Sorts the keys, so that equal schemas give equal bytes. */
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
