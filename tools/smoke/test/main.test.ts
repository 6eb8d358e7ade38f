/** The command, as a person calls it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { startPlatform } from './platform.ts';

const { root, remove } = copyRepository('smoke');
const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
afterAll(() => {
  remove();
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const cluster = 'example-kubernetes-minimal';

const smoke = async (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
  const { SMOKE_TOKEN: _, ...clean } = copyEnvironment as NodeJS.ProcessEnv;
  const env = { ...clean, ...environment };
  const child = spawn(process.execPath, [join(root, 'tools/smoke/src/main.ts'), ...args], { env });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, error, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, error: error.trim(), status };
};

describe('before it asks anything, the command refuses', () => {
  const token = { SMOKE_TOKEN: 'abc' };
  test.for<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a missing token', [], {}, 'SMOKE_TOKEN has no token: it is the key token of the Secret koku-gateway-token'],
    ['two tokens', [`--token-file=${file('token', 'abc')}`], token, 'SMOKE_TOKEN and --token-file both give a token'],
    ['an empty file', [`--token-file=${file('empty', '\n')}`], {}, 'empty has no token'],
    ['a file that is not there', ['--token-file=/none'], {}, '--token-file=/none: there is no such file'],
    ['a token that is no header', [], { SMOKE_TOKEN: 'a b' }, 'SMOKE_TOKEN: a token has no spaces'],
    ['a token on the command line', ['--token=abc'], token, '--token=abc is not an option'],
    ['a time in words', ['--timeout=soon'], token, '--timeout=soon: must be a whole number of seconds above 0'],
    ['no time', ['--timeout=0'], token, '--timeout=0: must be a whole number of seconds above 0'],
    ['an organisation with a space', ['--organisation=a b'], token, '--organisation=a b: use up to 50 of'],
    ['a file without a certificate', [`--ca=${file('ca', 'x')}`], token, 'ca: contains no certificate in PEM'],
    ['two clusters', ['north'], token, 'north is one word too many'],
    [
      'HTTP to another machine',
      ['--address=http://cost.example.com'],
      token,
      'would send the token without encryption',
    ],
    [
      'an address with a path',
      ['--address=https://cost.example.com/api'],
      token,
      'has a path; it must be https://<host>',
    ],
    [
      'an address with a password',
      ['--address=https://a:secret@cost.example.com'],
      token,
      '--address: contains a user',
    ],
    ['what is no address', ['--address=cost.example.com'], token, '--address=cost.example.com: is no address'],
  ])('%s', async ([, args, environment, sentence]) => {
    const { out, error, status } = await smoke([cluster, ...args], environment);
    expect(error).toContain(sentence);
    expect(error).not.toMatch(/secret@|^\s+at /m);
    expect(out).toBe('');
    expect(status).toBe(1);
  });
});

test('against a platform that works it prints its steps and the verdict, never the token, and exits with 0', async () => {
  const platform = await startPlatform();
  try {
    const args = [`--address=${platform.address.origin}`, `--ca=${platform.caFile}`, '--timeout=60'];
    const { out, status } = await smoke([cluster, ...args], { SMOKE_TOKEN: platform.token });
    expect(out).toMatch(
      new RegExp(`^ +\\d+\\.\\d s {2}${cluster} at ${platform.address.origin}, organisation 9999999$`, 'm'),
    );
    expect(out).toMatch(/^ +\d+\.\d s {2}the cost is right: 48\.00 USD, shop 7\.20, blog 5\.40$/m);
    expect(out).toMatch(new RegExp(`^PASSED: ${cluster}, in \\d+\\.\\d s$`, 'm'));
    expect(out).not.toContain(platform.token);
    expect(status).toBe(0);
  } finally {
    await platform.stop();
  }
});

test('against a platform that refuses the token it says where the right one is, and exits with 1', async () => {
  const platform = await startPlatform();
  try {
    const args = [`--address=${platform.address.origin}`, `--ca=${platform.caFile}`];
    const { error, status } = await smoke([cluster, ...args], { SMOKE_TOKEN: 'another' });
    expect(error).toContain(`FAILED: ${cluster}, at the step “address”`);
    expect(error).toContain('kubectl -n cost-onprem get secret koku-gateway-token');
    expect(status).toBe(1);
  } finally {
    await platform.stop();
  }
});
