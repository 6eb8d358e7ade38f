/**
 * The closed description of a cluster's kustomization.yaml. Types, sentences and the schema for editors follow from it. What
 * a value means (whether an overlay exists, what a setting may be) is for the other checks.
 *
 * The message of each part says what is allowed, as the end of `it must be …`.
 */
import { z } from 'zod';
import { namespace } from '@cost-onprem/contracts';
import type { ClusterKustomization } from './kustomization.ts';
import { pathInWords, shown, type Fault, type Path } from './fault.ts';
import { refusedEntryFields, refusedFields } from './refused-fields.ts';
import { allowed } from '../../repository/src/suggest.ts';

/** A name in a path: never `..`, and never hidden. */
const segment = '[A-Za-z0-9_][A-Za-z0-9_.-]*';

const overlay = `\\.\\./\\.\\./overlays/${segment}/${segment}`;

/** A file of the cluster's own folder. */
const ownFile = `(\\./)?(${segment}/)*${segment}`;

const text = (must: string, pattern: string) =>
  z
    .string({ error: must })
    .regex(new RegExp(`^(?:${pattern})$`), { error: must })
    .describe(must);

/** A name of Kubernetes, to which Kustomize can still add its hash. */
const objectName = '(?=.{1,242}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*';

const list = <Item extends z.ZodType>(item: Item, must: string) =>
  z.array(item, { error: must }).describe(must).exactOptional();

const options = z.strictObject(
  {
    disableNameSuffixHash: z.literal(true, { error: 'true' }),
    labels: z.record(z.string(), z.string({ error: 'a string, so in quotes' }), { error: 'labels and their values' }),
  },
  { error: 'a mapping with disableNameSuffixHash and labels' },
);

const configMap = z.strictObject(
  {
    name: text('the name of a ConfigMap', objectName),
    behavior: z
      .enum(['merge', 'create'], { error: 'merge or create' })
      .describe('merge for a ConfigMap of an application; create, the default, for one of the cluster.')
      .exactOptional(),
    literals: list(text('<key>=<value>', '[A-Za-z0-9._-]+=[\\s\\S]*'), 'a list of <key>=<value>'),
    files: list(
      text('a file of the cluster’s own folder, or <key>=<file>', `([A-Za-z0-9._-]+=)?${ownFile}`),
      'a list of files',
    ),
    options: options.describe('Only for trusted-ca, which OpenShift fills.').exactOptional(),
  },
  { error: 'a mapping with name, behavior, and literals or files' },
);

const selector = (what: string) =>
  z
    .string({ error: `${what}, as a string` })
    .min(1, { error: what })
    .describe(what)
    .exactOptional();

const target = z.strictObject(
  {
    group: selector('a regular expression for the API group'),
    version: selector('a regular expression for the API version'),
    kind: selector('a regular expression for the kind'),
    name: selector('a regular expression for the name, without the hash of a generated name'),
    namespace: selector('a regular expression for the namespace'),
    labelSelector: selector('a label selector'),
    annotationSelector: selector('a selector of annotations'),
  },
  { error: 'a mapping with kind, name, labelSelector and similar' },
);

const patch = z
  .strictObject(
    {
      target: target.exactOptional(),
      path: text('a .yaml or .json file of the cluster’s own folder', `${ownFile}\\.(yaml|json)`).exactOptional(),
      patch: z
        .string({ error: 'text, so begin it with |' })
        .min(1, { error: 'text, so begin it with |' })
        .exactOptional(),
    },
    { error: 'a mapping with target, and path or patch' },
  )
  .refine((entry) => (entry.path === undefined) !== (entry.patch === undefined), {
    error: 'a mapping with either path or patch',
  })
  .meta({ oneOf: [{ required: ['path'] }, { required: ['patch'] }] });

const image = z
  .strictObject(
    {
      name: text('the name of an image without its tag', '[a-z0-9]([a-z0-9._/-]*[a-z0-9])?(:[0-9]+/[a-z0-9._/-]+)?'),
      newName: text(
        'the name of an image without its tag',
        '[a-z0-9]([a-z0-9._/-]*[a-z0-9])?(:[0-9]+/[a-z0-9._/-]+)?',
      ).exactOptional(),
      newTag: text('a tag, in quotes if it looks like a number', '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}').exactOptional(),
      digest: text('sha256: and 64 digits', 'sha256:[0-9a-f]{64}').exactOptional(),
    },
    { error: 'a mapping with name, and newName, newTag or digest' },
  )
  .refine((entry) => entry.newName !== undefined || entry.newTag !== undefined || entry.digest !== undefined, {
    error: 'a mapping with newName, newTag or digest, which it lacks',
  })
  .meta({ anyOf: [{ required: ['newName'] }, { required: ['newTag'] }, { required: ['digest'] }] });

const replica = z.strictObject(
  {
    name: text('the name of a workload', objectName),
    count: z
      .int({ error: 'a whole number' })
      .min(0, { error: 'a whole number from 0 to 1000' })
      .max(1000, { error: 'a whole number from 0 to 1000' }),
  },
  { error: 'a mapping with name and count' },
);

/** The whole file. */
export const description = z.strictObject(
  {
    apiVersion: z
      .literal('kustomize.config.k8s.io/v1beta1', { error: 'kustomize.config.k8s.io/v1beta1' })
      .exactOptional(),
    kind: z.literal('Kustomization', { error: 'Kustomization' }).exactOptional(),
    namespace: z
      .literal(namespace, { error: `${namespace}, the only one that Argo CD’s project admits` })
      .describe('The platform’s namespace, the only one that Argo CD’s project admits.'),
    resources: list(
      text(
        'an overlay of this repository (../../overlays/<folder>/<name>) or a .yaml file of the cluster’s own folder',
        `${overlay}(/${segment})?/?|${ownFile}\\.yaml`,
      ),
      'a list of overlays and .yaml files',
    ),
    components: list(
      text('an overlay of this repository (../../overlays/<folder>/<name>)', `${overlay}/?`),
      'a list of overlays',
    ),
    configMapGenerator: list(configMap, 'a list of ConfigMaps'),
    patches: list(patch, 'a list of patches'),
    images: list(image, 'a list of images'),
    replicas: list(replica, 'a list of workloads with their counts'),
  },
  { error: 'a mapping with kind: Kustomization' },
) satisfies z.ZodType<ClusterKustomization>;

/** What Kustomize calls one operation of JSON 6902. */
const operation = z.strictObject(
  {
    op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test'], {
      error: 'add, remove, replace, move, copy or test',
    }),
    path: text('a path that begins with /, such as /spec/replicas', '/[\\s\\S]*'),
    from: text('a path that begins with /', '/[\\s\\S]*').exactOptional(),
    value: z.unknown().exactOptional(),
  },
  { error: 'a mapping with op, path and value' },
);

/** The content of a patch: operations, or the part of an object that changes. */
export const operations = z.array(operation).min(1, { error: 'at least one operation' });

/** The reason for which a field is refused, and where it should have been. */
const unknownField = (parent: Path, name: string, key: string, known: readonly string[]): string => {
  const [top = ''] = parent;
  const reasons = parent.length === 0 ? refusedFields : parent.length === 2 ? refusedEntryFields[top] : undefined;
  const reason = reasons && Object.hasOwn(reasons, key) ? reasons[key] : undefined;
  if (reason !== undefined) return `sets ${name}, which a cluster may not: ${reason}`;
  const twin = known.find((other) => other.toLowerCase() === key.toLowerCase());
  if (twin !== undefined) return `sets ${name}; did you mean ${twin}? Kustomize ignores or refuses other spellings`;
  return `sets ${name}, which is not a field here; ${allowed(key, known)}`;
};

/** Fields of the mapping at a path. */
const fieldsAt = (schema: z.ZodType, path: Path): readonly string[] => {
  const inner = schema instanceof z.ZodExactOptional ? (schema.unwrap() as z.ZodType) : schema;
  const [part, ...rest] = path;
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Readonly<Record<string, z.ZodType>>;
    if (part === undefined) return Object.keys(shape);
    const next = shape[String(part)];
    return next ? fieldsAt(next, rest) : [];
  }
  return inner instanceof z.ZodArray && part !== undefined ? fieldsAt(inner.element as z.ZodType, rest) : [];
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string | number, unknown>>)[key], value);

/**
 * What is wrong with the shape of a value.
 * @param title the word for the value in sentences; none for a file
 */
export const shapeFaults = (schema: z.ZodType, value: unknown, title?: string): readonly Fault[] => {
  const named = (path: Path): string => pathInWords(title === undefined ? path : [title, ...path]) || 'the file';
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue): readonly Fault[] => {
    const path = issue.path as Path;
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        at: [...path, key],
        sentence: unknownField(path, named([...path, key]), key, fieldsAt(schema, path)),
      }));
    const found = valueAt(value, path);
    const must = `it must be ${issue.message}`;
    if (found !== undefined) return [{ at: path, sentence: `${named(path)} is ${shown(found)}; ${must}` }];
    const parent = path.slice(0, -1);
    const whole = parent.length === 0 ? 'has' : `${named(parent)} has`;
    // What the file as a whole lacks has no line.
    return [{ ...(parent.length > 0 && { at: parent }), sentence: `${whole} no ${String(path.at(-1))}; ${must}` }];
  });
};
