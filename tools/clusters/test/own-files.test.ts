/** Files that are too large, or too deep, to be in invalid/. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ClusterFaults, renderCluster } from '../src/render.ts';
import { writeCluster } from './chosen-cluster.ts';
import { choices } from '../src/layers.ts';
import { scratchRepository } from './scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const folder = join(root, 'clusters/north');
const chosen = new Set(
  choices.map(({ folder: of, standard }) => `${of}/${standard ?? (of === 'platforms' ? 'kubernetes' : '')}`),
);

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

/** The sentences that refuse a cluster, and the milliseconds until then. */
const refusal = async (): Promise<{ readonly faults: readonly string[]; readonly milliseconds: number }> => {
  const start = performance.now();
  try {
    await renderCluster('north', root);
    return { faults: [], milliseconds: performance.now() - start };
  } catch (error) {
    if (!(error instanceof ClusterFaults)) throw error;
    return { faults: error.faults, milliseconds: performance.now() - start };
  }
};

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

const ownMap = { name: 'own', files: ['own.txt'] };

test('a ConfigMap over 1 MiB', async () => {
  await writeCluster(root, 'north', chosen, { configMapGenerator: [ownMap] });
  write('own.txt', 'x'.repeat(3 * 2 ** 20));
  expect((await refusal()).faults).toContainEqual(
    expect.stringMatching(/^clusters\/north\/kustomization\.yaml:\d+: gives the ConfigMap own 3145728 bytes; /),
  );
});

test('aliases that would grow to gigabytes, in every file that we read ourselves', async () => {
  const list = (item: string) => `[${Array.from({ length: 10 }, () => item).join(', ')}]`;
  const bomb = Array.from(
    { length: 12 },
    (_, level) => `a${level}: &a${level} ${list(level ? `*a${level - 1}` : 'x')}\n`,
  ).join('');
  await writeCluster(root, 'north', chosen, { patches: [{ path: 'patch.yaml' }, { patch: bomb }] });
  write('patch.yaml', bomb);
  const { faults, milliseconds } = await refusal();
  expect(faults).toContain('clusters/north/patch.yaml:2: uses the YAML alias *a0; repeat the value instead');
  expect(milliseconds).toBeLessThan(5000);
  write('kustomization.yaml', bomb);
  expect((await refusal()).faults[0]).toBe(
    'clusters/north/kustomization.yaml:2: uses the YAML alias *a0; repeat the value instead',
  );
});

test.each([
  ['nests', `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, /does not parse as YAML: it nests too deeply/],
  ['is large', `# ${'x'.repeat(2 ** 21)}\n`, /is larger than 1 MiB/],
])('a file that %s', async (_, text, sentence) => {
  write('kustomization.yaml', text);
  expect((await refusal()).faults).toEqual([expect.stringMatching(sentence)]);
});
