/** What the workflows of GitHub may do, and what they keep. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { cacheFolder, repository } from '../../repository/src/repository.ts';
import { readWorkflow } from './workflow.ts';

const files = readdirSync(join(repository, '.github/workflows'));
const jobs = files.flatMap((file) =>
  Object.entries(readWorkflow(file).jobs).map(([name, job]) => [`${file}: ${name}`, job] as const),
);

describe.for(files)('%s', (file) => {
  const { text, permissions } = readWorkflow(file);

  test('pins every action to a commit, with the version that Renovate reads', () => {
    const uses = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('gives permissions to its jobs alone', () => {
    expect(permissions).toEqual({});
  });
});

test('Renovate pins actions, and goes on with a branch that has a commit of the workflow', () => {
  const renovate = JSON.parse(readFileSync(join(repository, 'renovate.json'), 'utf8')) as {
    readonly extends: readonly string[];
    readonly gitIgnoredAuthors: readonly string[];
  };
  expect(renovate.extends).toContain('helpers:pinGitHubActionDigests');
  const [, author = ''] = /user\.email '(.+)'/.exec(readWorkflow('regenerate.yaml').text) ?? [];
  expect(renovate.gitIgnoredAuthors).toEqual([author]);
});

test.for(jobs)(
  '%s: runs no package if it may write, and otherwise keeps no credentials',
  ([, { permissions = {}, steps }]) => {
    const writes = Object.values(permissions).includes('write');
    const commands = steps.map(({ run = '' }) => run).join('\n');
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).toHaveLength(1);
    expect({
      writes,
      runsPackages: /\b(npm|npx|node|nx|go|make)\b/.test(commands),
      keepsCredentials: checkouts[0]?.with?.['persist-credentials'] !== false,
    }).toEqual({ writes, runsPackages: !writes, keepsCredentials: writes });
  },
);

test('the workflow of a pull request keeps the built programs, by all that they are built from', async () => {
  await prepareBinaries();
  const folder = join(cacheFolder, 'binaries');
  expect(readdirSync(folder).join(' ')).toContain('kustomize');
  const { steps = [] } = readWorkflow('affected.yaml').jobs['affected'] ?? {};
  const kept = steps.filter(({ uses }) => uses?.startsWith('actions/cache@')).map((step) => step.with);
  expect(kept).toEqual([
    {
      path: `.cache/${basename(folder)}`,
      key: expect.stringContaining("hashFiles('tools/binaries/**')") as string,
    },
  ]);
});
