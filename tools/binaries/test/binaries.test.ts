import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinnedVersion } from '../src/binary.ts';

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync('npx', [command, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

test('npx runs exactly the pinned versions', () => {
  expect(run('kubeconform', '-v')).toBe(pinnedVersion('kubeconform'));
  expect(run('kustomize', 'version')).toBe(pinnedVersion('kustomize'));
});

test('a tool’s exit code is the command’s', () => {
  expect(() => run('kustomize', 'build', '/nowhere')).toThrow(/Command failed/);
});

test('without Go, and with another version on PATH, one sentence says what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  const other = join(folder, 'kustomize');
  writeFileSync(other, '#!/bin/sh\necho v4.5.4\n');
  chmodSync(other, 0o755);
  const program = `import { binary } from ${JSON.stringify(join(import.meta.dirname, '../src/binary.ts'))};
await binary('kustomize').catch((error) => { console.log(error.message); });`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: `${folder}:/bin`, COST_ONPREM_CACHE: folder },
  });
  rmSync(folder, { recursive: true });
  expect(output.trim()).toBe(
    `kustomize ${pinnedVersion('kustomize')} is missing: install Go 1.24 or newer so that it can be built, or put exactly this version on PATH`,
  );
});
