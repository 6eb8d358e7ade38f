/** Every combination of a cluster's choices renders, keeps the laws, and is valid: shown for every two choices together. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { combinations, factorsOf, pairsOf } from '../src/combinations.ts';
import { schemaFaults } from '../src/kubeconform.ts';
import { parseKustomization, type ClusterPatch } from '../src/kustomization.ts';
import { readOverlays } from '../src/overlays.ts';
import { renderCluster } from '../src/render.ts';
import { matches } from '../src/targets.ts';
import { writeCluster } from './chosen-cluster.ts';
import { scratchRepository } from './scratch.ts';

const overlays = readOverlays(repository);
const chosen = combinations(overlays);
const factors = factorsOf(overlays);
const pairs = pairsOf(factors);

const { root, remove } = scratchRepository();
afterAll(remove);

const rendered = new Map<ReadonlySet<string>, readonly Manifest[]>();

describe(`${chosen.length} combinations`, () => {
  test(`show all ${pairs.length} pairs that no rule excludes`, () => {
    const has = (choices: ReadonlySet<string>, value: string, factor: readonly string[] = []) =>
      value === '' ? factor.every((other) => !choices.has(other)) : choices.has(value);
    const missing = pairs.filter(
      ({ places, values: [one, other] }) =>
        !chosen.some((choices) => has(choices, one, factors[places[0]]) && has(choices, other, factors[places[1]])),
    );
    expect(missing).toEqual([]);
    expect(pairs.length).toBeGreaterThan(100);
  });

  test.each(chosen.map((choices) => [[...choices].join(' '), choices] as const))('%s', async (_, choices) => {
    const name = `combination-${chosen.indexOf(choices)}`;
    await writeCluster(root, name, choices);
    const { yaml, objects } = await renderCluster(name, root);
    expect(await schemaFaults(yaml)).toEqual([]);
    rendered.set(choices, objects);
  });
});

/** Sizes of workloads in the libraries that no stack has yet. */
const notYet: ReadonlySet<string> = new Set(['koku-sources-listener']);

interface Patched {
  readonly overlay: string;
  readonly patch: ClusterPatch;
}

const patches: readonly Patched[] = readdirSync(join(repository, 'overlays'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.split('/').length === 3 && file.endsWith('/kustomization.yaml'))
  .flatMap((file) => {
    const { patches: all = [] } = parseKustomization(readFileSync(join(repository, 'overlays', file), 'utf8'));
    return all.map((patch) => ({ overlay: file.replace('/kustomization.yaml', ''), patch }));
  })
  .filter(({ patch }) => !notYet.has(patch.target?.name ?? ''));

/** Objects of the bases that no render may have, because every overlay of a layer deletes them, such as all profiles. */
const inBases = globSync('libs/*/base/**/*.yaml', { cwd: repository })
  .filter((file) => !file.endsWith('/kustomization.yaml') && !/\/(files|when)\//.test(file))
  .flatMap((file) => parseManifests(readFileSync(join(repository, file), 'utf8')));

/** A deleting patch's target is no longer in the renders. */
const deletes = ({ patch = '' }: ClusterPatch): boolean => /^\s*\$patch: delete$/m.test(patch);

describe('every patch of an overlay matches an object in some combination', () => {
  test.each(patches.map((patched) => [patched.overlay, JSON.stringify(patched.patch.target), patched] as const))(
    '%s: %s',
    (overlay, _, { patch }) => {
      const elsewhere = chosen
        .filter((choices) => choices.has(overlay) !== deletes(patch))
        .flatMap((choices) => rendered.get(choices) ?? []);
      const seen = deletes(patch) ? [...elsewhere, ...inBases] : elsewhere;
      expect(seen.some((object) => patch.target && matches(patch.target, object))).toBe(true);
    },
  );
});
