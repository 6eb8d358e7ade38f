/** Whatever a cluster may choose, it renders, keeps the laws, and is valid: shown for every two choices together. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { combinations, factorsOf } from '../src/combinations.ts';
import { conflictFaults } from '../src/conflicts.ts';
import { schemaFaults } from '../src/kubeconform.ts';
import { parseKustomization, type ClusterPatch } from '../src/kustomization.ts';
import { inOrder } from '../src/layers.ts';
import { readOverlays } from '../src/overlays.ts';
import { renderCluster } from '../src/render.ts';
import { examples } from '../src/settings.ts';
import { matches } from '../src/targets.ts';
import { scratchRepository } from './scratch.ts';

const overlays = readOverlays(repository);
const chosen = combinations(overlays);

const { root, remove } = scratchRepository();
afterAll(remove);

const rendered = new Map<ReadonlySet<string>, readonly Manifest[]>();

/** A cluster of nothing but some choices, and of what they ask it for. */
const writeCluster = (name: string, choices: ReadonlySet<string>): void => {
  const references = (names: readonly string[]) => names.map((folder) => `../../overlays/${folder}`);
  const stacks = [...choices].filter((folder) => folder.startsWith('stacks/'));
  const components = [...choices].filter((folder) => !folder.startsWith('stacks/'));
  mkdirSync(join(root, 'clusters', name), { recursive: true });
  writeFileSync(
    join(root, 'clusters', name, 'kustomization.yaml'),
    dump({
      namespace: 'cost-onprem',
      resources: references(stacks),
      components: references(inOrder(components, overlays)),
      configMapGenerator: examples(choices),
    }),
  );
};

describe(`${chosen.length} combinations`, () => {
  test('show every two choices together that no rule keeps apart', () => {
    const factors = factorsOf(overlays);
    const has = (choices: ReadonlySet<string>, value: string, factor: readonly string[]) =>
      value === '' ? factor.every((other) => !choices.has(other)) : choices.has(value);
    const pairs = factors.flatMap((one, index) =>
      factors.slice(index + 1).flatMap((other) => one.flatMap((a) => other.map((b) => ({ one, other, a, b })))),
    );
    const missing = pairs
      .filter(({ a, b }) => conflictFaults(new Set([a, b])).length === 0)
      .filter(({ one, other, a, b }) => !chosen.some((choices) => has(choices, a, one) && has(choices, b, other)));
    expect(missing).toEqual([]);
  });

  test.each(chosen.map((choices) => [[...choices].join(' '), choices] as const))('%s', async (_, choices) => {
    const name = `combination-${chosen.indexOf(choices)}`;
    writeCluster(name, choices);
    const { yaml, objects } = await renderCluster(name, root);
    expect(await schemaFaults(yaml)).toEqual([]);
    rendered.set(choices, objects);
  });
});

/** Sizes of what is in the libraries and in no stack yet. */
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

/** What a deleting patch has met is not in its own renders any more. */
const deletes = ({ patch = '' }: ClusterPatch): boolean => /^\s*\$patch: delete$/m.test(patch);

describe('no overlay patches what is in no combination', () => {
  test.each(patches.map((patched) => [patched.overlay, JSON.stringify(patched.patch.target), patched] as const))(
    '%s: %s',
    (overlay, _, { patch }) => {
      const seen = chosen
        .filter((choices) => choices.has(overlay) !== deletes(patch))
        .flatMap((choices) => rendered.get(choices) ?? []);
      expect(seen.some((object) => patch.target && matches(patch.target, object))).toBe(true);
    },
  );
});
