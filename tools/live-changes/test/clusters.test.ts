/** The clusters of this repository: which lines of a cluster's file may change. */
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { keepSizeOf } from '../src/compare.ts';
import { refusedChanges } from '../src/refused.ts';
import { repository } from '../../repository/src/repository.ts';

const clusters = globSync('clusters/*/kustomization.yaml', { cwd: repository }).map((file) => dirname(file));
const copy = mkdtempSync(join(tmpdir(), 'live-changes-test-'));

beforeAll(() => {
  for (const folder of ['clusters', 'overlays', ...globSync('libs/*/base', { cwd: repository })]) {
    cpSync(join(repository, folder), join(copy, folder), { recursive: true });
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

const replica = '  - ../../overlays/options/read-replica\n';

const withReplica = (text: string): string =>
  text.includes('options/read-replica') ? text : text.replace(/^ {2}- \S+overlays\/storage\//m, `${replica}$&`);
const withoutReplica = (text: string): string => text.replace(/^.*options\/read-replica.*\n/m, '');
const withProfile = (profile: string) => (text: string) =>
  text.replace(/overlays\/profiles\/\w+/, `overlays/profiles/${profile}`);
const withStorage = (size: string) => (text: string) =>
  text.replace(/overlays\/storage\/\w+/, `overlays/storage/${size}`);

interface Version {
  readonly text: string;
  readonly objects: readonly Manifest[];
}

const versionOf = async (cluster: string, text: string): Promise<Version> => {
  writeFileSync(join(copy, cluster, 'kustomization.yaml'), text);
  return { text, objects: parseManifests(await kustomizeBuild(join(copy, cluster))) };
};

const sentences = (cluster: string, before: Version, after: Version): readonly string[] =>
  refusedChanges(
    before.objects,
    after.objects,
    keepSizeOf(cluster.replace('clusters/', ''), before.text, after.text),
  ).map(({ sentence }) => sentence);

const names = (objects: readonly Manifest[]): readonly string[] => objects.map(({ metadata }) => metadata.name);

describe.each(clusters)('%s', { timeout: 30_000 }, (cluster) => {
  const original = readFileSync(join(repository, cluster, 'kustomization.yaml'), 'utf8');

  test('may change its profile and change it back', async () => {
    const minimal = await versionOf(cluster, withProfile('minimal')(original));
    const production = await versionOf(cluster, withProfile('production')(original));
    expect(minimal.objects).not.toEqual(production.objects);
    expect(sentences(cluster, minimal, production)).toEqual([]);
    expect(sentences(cluster, production, minimal)).toEqual([]);
  });

  // A cluster with an external server has no disk for it.
  test.skipIf(original.includes('options/external-postgresql'))(
    'may get larger disks but not smaller ones',
    async () => {
      const minimal = await versionOf(cluster, withStorage('minimal')(original));
      const production = await versionOf(cluster, withStorage('production')(original));
      expect(sentences(cluster, minimal, production)).toEqual([]);
      expect(sentences(cluster, production, minimal)).toContainEqual(
        expect.stringMatching(
          new RegExp(
            `^PersistentVolumeClaim/db-koku-data shrinks from \\w+ to \\w+; a claim can only grow: keep overlays/storage/production in ${cluster}/kustomization.yaml$`,
          ),
        ),
      );
    },
  );

  test('may add and remove the read replica', async () => {
    const without = await versionOf(cluster, withoutReplica(original));
    const replicated = await versionOf(cluster, withReplica(original));
    expect(names(without.objects)).not.toContain('db-koku-replica-data');
    expect(names(replicated.objects)).toContain('db-koku-replica-data');
    expect(sentences(cluster, without, replicated)).toEqual([]);
    expect(sentences(cluster, replicated, without)).toEqual([]);
  });
});
