/** The changes that `npm run init` makes, as data: which files become which text, and which folders go. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { argoCdFiles, type Fork } from '../../repository/src/argo-cd.ts';

/** A change of one path of the repository. */
export interface Change {
  /** Path from the root of the repository, with `/`. */
  readonly path: string;
  /** The text that is there; undefined for a new file and for a folder. */
  readonly before?: string;
  /** The text that will be there; undefined for a folder that goes. */
  readonly after?: string;
}

/** All changes, and a sentence for each thing that is already as asked. */
export interface Plan {
  readonly changes: readonly Change[];
  readonly already: readonly string[];
}

/** What `npm run init` was asked for. */
export interface Request {
  readonly fork: Fork;
  /** Files of the first cluster by path; none if the repository has a cluster already. */
  readonly cluster: Readonly<Record<string, string>>;
  readonly keepExamples: boolean;
}

/** The OpenShift platform's Namespace, whose label names the namespace of Argo CD for the operator of OpenShift GitOps. */
const managedFile = 'overlays/platforms/openshift/namespace.yaml';
const managedKey = 'argocd.argoproj.io/managed-by';

/** YAML for a text: in quotes where the plain word would be a number or something else. */
const scalar = (value: string): string => (load(value) === value ? value : JSON.stringify(value));

/**
 * Replaces the value of a key in a text, and keeps its remark.
 * @throws Error naming the file, if it does not have exactly one such line
 */
const withValue = (file: string, text: string, key: string, value: string): string => {
  const line = new RegExp(String.raw`^( *${RegExp.escape(key)}:) *(?:"[^"]*"|'[^']*'|[^\s#]+)( *#.*)?$`, 'gm');
  const found = [...text.matchAll(line)].length;
  if (found !== 1) throw new Error(`${file}: has ${found} lines that begin with ${key}:, and must have one`);
  return text.replace(line, (_, start: string, remark = '') => `${start} ${scalar(value)}${remark as string}`);
};

/** Folders of clusters/ that are examples. */
export const examplesIn = (root: string): readonly string[] => clusterFolders(root).filter(isExample);

/** Folders of clusters/ that Argo CD deploys. */
export const clustersIn = (root: string): readonly string[] => clusterFolders(root).filter((name) => !isExample(name));

/** The pattern that the ApplicationSet excludes. */
const isExample = (name: string): boolean => name.startsWith('example-');

const clusterFolders = (root: string): readonly string[] =>
  readdirSync(join(root, 'clusters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const edits = ({
  url,
  revision,
  namespace,
}: Fork): readonly (readonly [file: string, key: string, value: string])[] => [
  [argoCdFiles.repository, 'url', url],
  [argoCdFiles.repository, 'revision', revision],
  [argoCdFiles.kustomization, 'namespace', namespace],
  [managedFile, managedKey, namespace],
];

/** What stands in the file for a key, in a sentence. */
const fact: Readonly<Record<string, string>> = {
  url: 'the address',
  revision: 'the revision',
  namespace: 'the namespace of Argo CD',
  [managedKey]: 'the instance that may work in our namespace on OpenShift',
};

/**
 * Compares what is asked with what the repository has.
 * @throws Error naming the file that is not as this command expects it
 */
export const planOf = (root: string, { fork, cluster, keepExamples }: Request): Plan => {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const already: string[] = [];
  for (const [file, key, value] of edits(fork)) {
    const text = after.get(file) ?? readFileSync(join(root, file), 'utf8');
    if (!before.has(file)) before.set(file, text);
    const changed = withValue(file, text, key, value);
    after.set(file, changed);
    if (changed === text) already.push(`${file}: ${fact[key]} is ${value} already`);
  }
  const edited = [...after].flatMap(([path, text]) =>
    before.get(path) === text ? [] : [{ path, before: before.get(path) ?? '', after: text }],
  );
  const examples = examplesIn(root);
  if (!keepExamples && examples.length === 0) already.push('clusters: the examples are gone already');
  if (Object.keys(cluster).length === 0) {
    for (const name of clustersIn(root)) already.push(`clusters/${name}: is a cluster already`);
  }
  const added = Object.entries(cluster).flatMap(([path, text]) => {
    if (!existsSync(join(root, path))) return [{ path, after: text }];
    if (readFileSync(join(root, path), 'utf8') !== text)
      throw new Error(`${path}: exists and says something else; edit it, or leave out --cluster`);
    already.push(`${path}: is as asked already`);
    return [];
  });
  const removed = keepExamples ? [] : examples.map((name) => ({ path: `clusters/${name}` }));
  return { changes: [...edited, ...added, ...removed], already };
};

/** A change as a person reads it: the lines that go and come, the text of a new file, or the folder that goes. */
export const described = ({ path, before, after }: Change): string => {
  if (after === undefined) return `${path}: removed`;
  if (before === undefined)
    return [
      `${path}: new`,
      ...after
        .trimEnd()
        .split('\n')
        .map((line) => `  + ${line}`),
    ].join('\n');
  const was = before.split('\n');
  const lines = after
    .split('\n')
    .flatMap((line, index) => (line === was[index] ? [] : [`  - ${was[index]}`, `  + ${line}`]));
  return [`${path}: changed`, ...lines].join('\n');
};
