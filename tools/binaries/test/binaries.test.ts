import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { binary, pinnedVersion } from '../src/binary.ts';

const bin = (name: string): string => join(import.meta.dirname, '../bin', `${name}.ts`);

/** A folder with a `kustomize` of some version, and nothing built. */
const withKustomize = <Result>(version: string, use: (folder: string, env: NodeJS.ProcessEnv) => Result): Result => {
  const folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  const executable = join(folder, 'kustomize');
  writeFileSync(executable, `#!/bin/sh\necho ${version}\n`);
  chmodSync(executable, 0o755);
  try {
    return use(folder, { PATH: `${folder}:/bin`, COST_ONPREM_CACHE: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('npx runs exactly the pinned versions', () => {
  const run = (...command: readonly string[]): string =>
    execFileSync('npx', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  expect(run('kubeconform', '-v')).toBe(pinnedVersion('kubeconform'));
  expect(run('kustomize', 'version')).toBe(pinnedVersion('kustomize'));
});

test('kustomize 5.7 stays what the comparison of renders is with', async () => {
  expect(pinnedVersion('kustomize-5.7')).toMatch(/^v5\.7\./);
  const version = execFileSync(await binary('kustomize-5.7'), ['version'], { encoding: 'utf8' }).trim();
  expect(version).toBe(pinnedVersion('kustomize-5.7'));
});

test('a tool’s input, output and exit code are the command’s', () => {
  const { status, stdout } = spawnSync(process.execPath, [bin('kubeconform'), '-output', 'json'], {
    encoding: 'utf8',
    input: 'kind: Widget\n',
  });
  expect(stdout).toContain("error while parsing: missing 'apiVersion' key");
  expect(status).toBe(1);
});

test('a signal to the command ends the tool, and is its exit code', async () => {
  // A tool that says its own process id, for only then it is known to be gone.
  await withSleeper(async (env) => {
    const command = spawn(process.execPath, [bin('kustomize')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const tool = await new Promise<number>((resolve) => command.stdout.once('data', (id) => resolve(Number(id))));
    const ended = new Promise((resolve) => command.once('close', resolve));
    command.kill('SIGTERM');
    expect(await ended).toBe(128 + 15);
    expect(() => process.kill(tool, 0)).toThrow('ESRCH');
  });
});

const withSleeper = async (use: (env: NodeJS.ProcessEnv) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  const executable = join(folder, 'kustomize');
  const version = pinnedVersion('kustomize');
  writeFileSync(executable, `#!/bin/sh\n[ "$1" = version ] && echo ${version} && exit\necho $$\nexec sleep 20\n`);
  chmodSync(executable, 0o755);
  try {
    await use({ PATH: `${folder}:/bin:/usr/bin`, COST_ONPREM_CACHE: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('the pinned version is taken from PATH, where it is there', () => {
  withKustomize(pinnedVersion('kustomize'), (_, env) => {
    const { stdout, stderr } = spawnSync(process.execPath, [bin('kustomize'), 'version'], { encoding: 'utf8', env });
    expect([stdout.trim(), stderr]).toEqual([pinnedVersion('kustomize'), '']);
  });
});

test('without Go, and with another version on PATH, one sentence says what to do', () => {
  const sentence = `kustomize ${pinnedVersion('kustomize')} is missing: install Go 1.24 or newer so that it can be built, or put exactly this version on PATH\n`;
  withKustomize('v4.5.4', (_, env) => {
    for (const command of [bin('kustomize'), join(import.meta.dirname, '../src/prepare.ts')]) {
      const { status, stderr } = spawnSync(process.execPath, [command], { encoding: 'utf8', env });
      expect([status, stderr]).toEqual([1, sentence]);
    }
  });
});
