/** Applies mutations to an example. */
import { dump, load } from 'js-yaml';
import { podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { podKinds } from '@cost-onprem/kit/pod-kinds';
import type { Input, Mutation, TextChange } from './mutations.ts';

type Path = readonly (string | number)[];

/** Every place inside a value, the value itself first. */
const placesIn = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
];

type Container = Record<string | number, unknown>;

const inside = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Container | undefined)?.[key], value);

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % Math.max(items.length, 1)];

/** Own property, so that `__proto__` is a key like others. */
const put = (target: Container, key: string | number, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
};

const pointer = (path: Path): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const addPatch = (file: Container, target: object, operations: readonly object[]): void => {
  const list = Array.isArray(file['patches']) ? file['patches'] : [];
  put(file, 'patches', [...list, { target, patch: JSON.stringify(operations) }]);
};

const targetOf = ({ kind, metadata }: Manifest): object => ({
  kind,
  name: metadata.name.replace(/-[a-z0-9]{10}$/, '(-.*)?'),
});

const applyToData = (
  file: Container,
  mutation: Mutation,
  files: Map<string, string>,
  render: readonly Manifest[],
): void => {
  switch (mutation.kind) {
    case 'replace':
    case 'remove': {
      const path = pick(placesIn(file).slice(1), mutation.place);
      const parent = path && inside(file, path.slice(0, -1));
      const key = path?.at(-1);
      if (key === undefined || !isContainer(parent)) return;
      if (mutation.kind === 'replace') put(parent, key, mutation.value);
      else if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      return;
    }
    case 'add': {
      const places = placesIn(file).filter((path) => isContainer(inside(file, path)));
      const parent = inside(file, pick(places, mutation.place) ?? []);
      if (Array.isArray(parent)) parent.push(mutation.value);
      else if (isContainer(parent)) put(parent, mutation.key, mutation.value);
      return;
    }
    case 'object': {
      const name = `added-${files.size}.yaml`;
      files.set(name, dump(mutation.object));
      if (Array.isArray(file['resources'])) file['resources'].push(name);
      return;
    }
    case 'patch': {
      const object = pick(render, mutation.object);
      const path = object && pick(placesIn(object).slice(1), mutation.path);
      if (object && path) addPatch(file, targetOf(object), [{ ...mutation.change, path: pointer(path) }]);
      return;
    }
    case 'pod': {
      const object = pick(render.filter(podTemplateOf), mutation.object);
      const kind = object && podKinds[object.kind as keyof typeof podKinds];
      if (!object || !kind) return;
      const [path, value] = mutation.field;
      addPatch(file, targetOf(object), [{ op: 'add', path: `${pointer(kind.template)}/spec${path}`, value }]);
      return;
    }
    case 'text':
      return;
  }
};

const changeText = (line: string, change: TextChange): string => {
  switch (change) {
    case 'twice':
      return `${line}\n${line}`;
    case 'gone':
      return '';
    case 'indented':
      return ` ${line}`;
    case 'outdented':
      return line.replace(/^ /, '');
    case 'tab':
      return `\t${line}`;
    case 'cut':
      return line.slice(0, line.length / 2);
    case 'anchor':
      return line.replace(/: (.*)$/, ': &a $1');
    case 'merge':
      return `${line}\n<<: *a`;
    case 'bytes':
      return `${line}\u0000\ufeff\ud800`;
  }
};

/**
 * The files of a cluster after the mutations of an input.
 * @param text of the example's kustomization.yaml
 * @param render the objects of the example
 */
export const mutated = (
  { mutations }: Input,
  text: string,
  render: readonly Manifest[],
): ReadonlyMap<string, string> => {
  const file = load(text) as Container;
  const files = new Map<string, string>();
  for (const mutation of mutations) applyToData(file, structuredClone(mutation), files, render);
  const lines = dump(file, { noRefs: true }).split('\n');
  for (const mutation of mutations)
    if (mutation.kind === 'text') {
      const index = mutation.line % lines.length;
      lines[index] = changeText(lines[index] ?? '', mutation.change);
    }
  return files.set('kustomization.yaml', lines.join('\n'));
};
