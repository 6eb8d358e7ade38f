/** What a change of a cluster's render does on the cluster, in the words of a report. */
import { identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { operatorKindOf } from '../../manifests/src/pods.ts';
import { differences, shown, type Difference } from './fields.ts';
import { syncOptions } from './rule.ts';

/** The changes between two renders of one cluster. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Each change of a field once, with the objects that it happens to. */
  readonly changed: readonly { readonly field: string; readonly objects: readonly string[] }[];
  /** Workloads whose pods Kubernetes replaces. */
  readonly restarts: readonly string[];
  /** Servers with data whose pods restart: databases, the cache, queues, stores. */
  readonly serverRestarts: readonly string[];
}

/** The hash that Kustomize appends to names of generated ConfigMaps and Secrets, in its alphabet. */
const hash = /-[2456789bcdfghkmt]{10}$/;

const isNamed = (item: unknown): item is { readonly name: string } =>
  typeof item === 'object' && item !== null && typeof (item as { name?: unknown }).name === 'string';

/**
 * A value in which only what matters differs: no hashes of names, and lists of named items by name, because the position
 * of a container or a variable says nothing.
 */
const comparable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(hash, '');
  if (Array.isArray(value)) {
    const unique = value.every(isNamed) && new Set(value.map(({ name }) => name)).size === value.length;
    return unique
      ? Object.fromEntries(value.map((item) => [item.name, comparable(item)]))
      : value.map((item) => comparable(item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
};

const nameOf = (object: Manifest): string => identity(object).replace(hash, '');

/** One line for all containers that change from one image to another. */
const imageChange = (from: string, to: string): string => {
  const [name = '', tag = ''] = to.split(/:(?=[^:/]*$)/);
  return from.startsWith(`${name}:`)
    ? `image ${name}: ${from.slice(name.length + 1)} → ${tag}`
    : `image: ${from} → ${to}`;
};

const fieldOf = ({ path, from, to }: Difference): string => {
  if (path.endsWith('.image') && typeof from === 'string' && typeof to === 'string') return imageChange(from, to);
  const field = path.replace(/^spec\.template\.(?:spec\.)?/, '').replace(/^spec\./, '');
  if (from === undefined) return `${field}: ${shown(to)} (new)`;
  if (to === undefined) return `${field}: ${shown(from)} (gone)`;
  return `${field}: ${shown(from)} → ${shown(to)}`;
};

const fieldsOf = (before: Manifest, after: Manifest): readonly string[] => {
  const [from, to] = [comparable(before), comparable(after)] as readonly Readonly<Record<string, unknown>>[];
  const all = [...new Set([...Object.keys(from ?? {}), ...Object.keys(to ?? {})])]
    .flatMap((key) => differences(from?.[key], to?.[key], key))
    .map(fieldOf);
  return [...new Set(all)];
};

/** Whether Kubernetes replaces the pods. A hook or a CronJob starts a new pod in any case. */
const restarts = (before: Manifest, after: Manifest): boolean =>
  (after.kind === 'Deployment' || after.kind === 'StatefulSet') &&
  JSON.stringify(podTemplateOf(before)) !== JSON.stringify(podTemplateOf(after));

/** Describes the changes from one render to another. */
export const changesOf = (before: readonly Manifest[], after: readonly Manifest[]): Changes => {
  const then = new Map(before.map((object) => [nameOf(object), object]));
  const now = new Map(after.map((object) => [nameOf(object), object]));
  const pairs = [...now].flatMap(([name, object]) => {
    const earlier = then.get(name);
    return earlier ? [{ name, earlier, object }] : [];
  });
  const fields = new Map<string, readonly string[]>();
  for (const { name, earlier, object } of pairs)
    for (const field of fieldsOf(earlier, object)) fields.set(field, [...(fields.get(field) ?? []), name]);
  const replaced = pairs.filter(({ earlier, object }) => restarts(earlier, object));
  const operated = pairs.filter(
    ({ earlier, object }) => operatorKindOf(object) && fieldsOf(earlier, object).length > 0,
  );
  return {
    added: [...now.keys()].filter((name) => !then.has(name)),
    removed: [...then]
      .filter(([name]) => !now.has(name))
      .map(([name, object]) => (syncOptions(object).includes('Prune=confirm') ? `${name} (Argo CD asks first)` : name)),
    changed: [...fields].map(([field, objects]) => ({ field, objects })),
    restarts: replaced.filter(({ object }) => object.kind === 'Deployment').map(({ name }) => name),
    serverRestarts: [
      ...replaced.filter(({ object }) => object.kind === 'StatefulSet').map(({ name }) => name),
      ...operated.map(({ name }) => `${name} (its operator decides)`),
    ],
  };
};

const some = (names: readonly string[], limit: number): string =>
  names.length <= limit
    ? names.join(', ')
    : `${names.slice(0, limit - 1).join(', ')} and ${names.length - limit + 1} more`;

const row = (title: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`  ${title.padEnd(17)}${some(names, 8)}`];

/** The lines of a report about one cluster. */
export const linesOf = ({ added, removed, changed, restarts: pods, serverRestarts }: Changes): readonly string[] => {
  const lines = [
    ...row('added', added),
    ...row('removed', removed),
    ...changed.map(({ field, objects }) => `  ${'changed'.padEnd(17)}${field}  [${some(objects, 3)}]`),
    ...row('pods restart', pods),
    ...row('servers restart', serverRestarts),
  ];
  return lines.length === 0 ? ['  no change'] : lines;
};
