import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pinnedVersion } from '../src/binary.ts';

const bin = (name: string): string => join(import.meta.dirname, '../bin', `${name}.ts`);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** The environment of a machine with this `kustomize`, without Go, and with an empty cache. */
const machineWith = (kustomize: string): NodeJS.ProcessEnv => {
  const folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  folders.push(folder);
  symlinkSync('/bin/sh', join(folder, 'sh'));
  writeFileSync(join(folder, 'kustomize'), `#!/bin/sh\n${kustomize}\n`);
  chmodSync(join(folder, 'kustomize'), 0o755);
  return { PATH: folder, COST_ONPREM_CACHE: folder };
};

const node = (script: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: string }) =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', ...options });

test('npx runs exactly the pinned versions', () => {
  const run = (...command: readonly string[]): string =>
    execFileSync('npx', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  expect(run('kubeconform', '-v')).toBe(pinnedVersion('kubeconform'));
  expect(run('kustomize', 'version')).toBe(pinnedVersion('kustomize'));
});

test('the command passes on a tool’s input, output and exit code', () => {
  const { status, stdout } = node(bin('kubeconform'), ['-output', 'json'], { input: 'kind: Widget\n' });
  expect(stdout).toContain("missing 'apiVersion' key");
  expect(status).toBe(1);
});

test('a signal to the command ends the tool and sets the exit code', async () => {
  const env = machineWith(`[ "$1" = version ] && echo ${pinnedVersion('kustomize')} && exit; echo $$; read forever`);
  const command = spawn(process.execPath, [bin('kustomize')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const tool = await new Promise<number>((resolve) => command.stdout.once('data', (id) => resolve(Number(id))));
  const exitCode = new Promise((resolve) => command.once('exit', resolve));
  command.kill('SIGTERM');
  expect(await exitCode).toBe(128 + 15);
  expect(() => process.kill(tool, 0)).toThrow('ESRCH');
});

test('the command uses the pinned version on PATH', () => {
  const env = machineWith(`echo ${pinnedVersion('kustomize')}`);
  const { stdout, stderr } = node(bin('kustomize'), ['version'], { env });
  expect([stdout.trim(), stderr]).toEqual([pinnedVersion('kustomize'), '']);
});

test.each(['bin/kustomize.ts', 'src/prepare.ts'])(
  'without Go and with another version on PATH, one sentence says what to do (%s)',
  (command) => {
    const { status, stderr } = node(join(import.meta.dirname, '..', command), [], { env: machineWith('echo v4.5.4') });
    expect(stderr).toBe(
      `kustomize ${pinnedVersion('kustomize')} is missing: install Go 1.24 or newer, from which it is built, or put exactly this version on PATH\n`,
    );
    expect(status).toBe(1);
  },
);
