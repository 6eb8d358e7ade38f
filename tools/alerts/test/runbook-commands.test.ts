/** Every command of the runbook names things that exist, for each choice that a cluster has. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookPath } from '@cost-onprem/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { copyRepository } from '../../scratch/src/copy.ts';
import type { ExampleName } from '../../scratch/src/examples.ts';

const { root, remove } = copyRepository('runbook');
afterAll(remove);

/** Examples that together have every choice, with the overlays that matter here. */
const examples = {
  'example-kubernetes-minimal': ['kafka/single-node', 'object-storage/embedded'],
  'example-kubernetes-production': ['kafka/strimzi', 'object-storage/external'],
  'example-openshift-minimal': ['kafka/single-node', 'object-storage/odf'],
  'example-kubernetes-external': [
    'kafka/external',
    'object-storage/external',
    'options/external-postgresql',
    'options/external-redis',
  ],
} as const satisfies Partial<Record<ExampleName, readonly string[]>>;

interface Cluster {
  readonly chosen: readonly string[];
  readonly objects: readonly Manifest[];
}
let clusters: readonly Cluster[];
beforeAll(async () => {
  clusters = await Promise.all(
    Object.entries(examples).map(async ([name, chosen]) => ({
      chosen,
      objects: parseManifests(await kustomizeBuild(join(root, 'clusters', name))),
    })),
  );
}, 300_000);

const page = readFileSync(join(repository, runbookPath), 'utf8');

/** Lines of a text's commands. */
const commandsOf = (text: string): readonly string[] =>
  [...text.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

/** A choice at the end of a command. */
const choice = /# (without )?((?:kafka|object-storage|options)\/[a-z-]+)$/;

const kinds = 'deployment|statefulset|job|cronjob|configmap|kafka|networkpolicy';

/** `kind/name` of each object that a command names; a StatefulSet for its pods, and `workload` for a selector. */
const namedIn = (line: string): readonly string[] => {
  const command = line.replace(/ #.*$/, '');
  const all = (pattern: RegExp): readonly RegExpMatchArray[] => [...command.matchAll(pattern)];
  return [
    ...all(new RegExp(`\\b(${kinds})[/ ]([a-z][a-z0-9-]+)(?=$|[\\s,;])`, 'g')).map(
      ([, kind = '', name = '']) => `${kind}/${name}`,
    ),
    ...all(/\bpod ([a-z-]+)-\d+/g).map(([, name = '']) => `statefulset/${name}`),
    ...all(/strimzi\.io\/cluster=([a-z-]+)/g).map(([, name = '']) => `kafka/${name}`),
    ...all(/app\.kubernetes\.io\/name=([a-z-]+)/g).map(([, name = '']) => `workload/${name}`),
  ];
};

const workloads = new Set(['Deployment', 'StatefulSet', 'Job', 'CronJob']);

const has = ({ objects }: Cluster, named: string): boolean =>
  objects.some(({ kind, metadata: { name } }) =>
    [kind.toLowerCase(), ...(workloads.has(kind) ? ['workload'] : [])].some(
      (word) => `${word}/${withoutHash(name)}` === named,
    ),
  );

/** What a person creates with the command itself. */
const notYet = new Set(['job/try', 'job/repair-now']);

const named = commandsOf(page)
  .filter((line) => line.startsWith('kubectl '))
  .flatMap((line) =>
    namedIn(line)
      .filter((name) => !notYet.has(name))
      .map((name) => ({ line, name })),
  );

/** Beginnings of commands that the first part of the page explains once, for both choices. */
const explained = commandsOf(page.split('\n# ')[1] ?? '')
  .filter((line) => choice.test(line))
  .map((line) => line.split(' -- ')[0] ?? '');

test('each object that a command names is in every cluster, or in exactly those of the choice behind it', () => {
  expect(named.length).toBeGreaterThan(20);
  const faults = named.flatMap(({ line, name }) => {
    const [, without, overlay = ''] = choice.exec(line) ?? [];
    const isFor = ({ chosen }: Cluster) =>
      overlay === '' || (chosen as readonly string[]).includes(overlay) !== (without !== undefined);
    const meant = clusters.filter(isFor);
    if (meant.length === 0) return [`${line}: no cluster has ${overlay}`];
    if (overlay === '' && explained.some((start) => line.startsWith(start))) return [];
    if (meant.every((cluster) => has(cluster, name))) return [];
    return [`${line}: ${name} is not in every cluster ${without ?? 'with '}${overlay}`];
  });
  expect(faults).toEqual([]);
});

test('a paragraph with a command for one choice says what to do with each other choice', () => {
  const paragraphs = page.split(/^#+ /m);
  const faults = paragraphs.flatMap((paragraph) =>
    commandsOf(paragraph).flatMap((line) => {
      const [, without, overlay = ''] = choice.exec(line) ?? [];
      const [layer = ''] = overlay.split('/');
      if (layer === '') return [];
      const others =
        layer === 'options'
          ? [overlay]
          : readdirSync(join(repository, 'overlays', layer)).map((folder) => `${layer}/${folder}`);
      const rest = without ? paragraph.replaceAll(`without ${overlay}`, '') : paragraph;
      return others.filter((other) => !rest.includes(other)).map((other) => `${line}: nothing for ${other}`);
    }),
  );
  expect(faults).toEqual([]);
});
