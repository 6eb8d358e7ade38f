/** Bad input: each folder of invalid/ is a cluster, whose first comment lines are the sentences that refuse it. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { schemaFaults } from '../src/kubeconform.ts';
import { ClusterFaults, renderCluster } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';

const folder = join(import.meta.dirname, 'invalid');
const { root, remove } = scratchRepository();
afterAll(remove);

const expected = (fixture: string): readonly string[] =>
  readFileSync(join(folder, fixture, 'kustomization.yaml'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('# refused: '))
    .map((line) => line.replace('# refused: ', ''));

/** A sentence that ends in … is only given as far as no new application changes it. */
const orItsBeginning = (sentence: string): unknown =>
  sentence.endsWith('…') ? expect.stringMatching(new RegExp(`^${RegExp.escape(sentence.slice(0, -1))}`)) : sentence;

const refusal = async (cluster: string): Promise<readonly string[]> => {
  try {
    return await schemaFaults((await renderCluster(cluster, root)).yaml);
  } catch (error) {
    if (error instanceof ClusterFaults) return error.faults;
    throw error;
  }
};

describe('a cluster is refused, with one clear sentence for each fault', () => {
  test.for(readdirSync(folder))('%s', async (fixture) => {
    cpSync(join(folder, fixture), join(root, 'clusters', fixture), { recursive: true });
    expect(await refusal(fixture)).toEqual(expected(fixture).map(orItsBeginning));
    expect(expected(fixture).length).toBeGreaterThan(0);
  });
});
