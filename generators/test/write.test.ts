import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { driftOf, fileDriftOf } from '../../tools/repository/src/owned-folder.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { copyRepository } from '../../tools/scratch/src/copy.ts';
import { outputsOf, writers } from '../src/outputs.ts';

test('the committed bases equal what the declarations give, byte for byte, each time', async () => {
  for (const library of writers()) {
    const outputs = await outputsOf(library);
    expect(outputs).toEqual(await outputsOf(library));
    for (const [folder, wanted] of Object.entries(outputs)) {
      expect(existsSync(join(repository, folder))).toBe(true);
      const drift =
        typeof wanted === 'string' ? fileDriftOf(repository, folder, wanted) : driftOf(repository, folder, wanted);
      expect(drift).toEqual([]);
    }
  }
});

test('an unknown library is refused with the names of all libraries', async () => {
  await expect(outputsOf('kokko')).rejects.toThrow(/unknown library kokko; the libraries are contracts, .*koku/);
});

test('an edited generated file is refused by name', () => {
  const { root: copy, remove } = copyRepository('edited');
  try {
    const file = join(copy, 'libs/valkey/base/valkey.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('maxUnavailable: 1', 'maxUnavailable: 2'));
    const { status, stderr } = spawnSync(process.execPath, ['generators/src/generate.ts', '--check'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect([status, stderr.trim().split('\n').at(-1)]).toEqual([
      1,
      'libs/valkey/base/valkey.yaml: differs from the declarations (edited); change libs/*/src instead and run npm run generate',
    ]);
  } finally {
    remove();
  }
});
