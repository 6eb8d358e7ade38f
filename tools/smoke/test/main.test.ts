/** The command, as a person calls it. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { startPlatform } from './platform.ts';

const { root, remove } = copyRepository('smoke');
afterAll(remove);

/** Milliseconds. The command renders the cluster first. */
const patience = 180_000;

const caFile = (certificates: string): string => {
  writeFileSync(join(root, 'ca.pem'), certificates);
  return join(root, 'ca.pem');
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

test.for<readonly [readonly string[], string]>([
  [[], 'SMOKE_TOKEN has no token'],
  // A command line would show it to every user of the machine.
  [['--token=abc'], '--token=abc is not an option; --help lists the options'],
  [['--timeout=soon', '--token-file=/none'], '--token-file=/none: there is no such file'],
])('%j is refused with one sentence, before anything is sent', async ([args, sentence]) => {
  const { out, error, status } = await smoke([cluster, ...args]);
  expect(error).toContain(sentence);
  expect(error.split('\n')).toHaveLength(1);
  expect(out).toBe('');
  expect(status).toBe(1);
});

test(
  'against a platform that works it prints its steps and the verdict, never the token, and exits with 0',
  async () => {
    const platform = await startPlatform();
    try {
      const args = [`--address=${platform.address.origin}`, `--ca=${caFile(platform.ca)}`, '--timeout=60'];
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
  },
  patience,
);

test(
  'against a platform that refuses the token it says where the right one is, and exits with 1',
  async () => {
    const platform = await startPlatform();
    try {
      const args = [`--address=${platform.address.origin}`, `--ca=${caFile(platform.ca)}`];
      const { error, status } = await smoke([cluster, ...args], { SMOKE_TOKEN: 'another' });
      expect(error).toContain(`FAILED: ${cluster}, at the step “address”`);
      expect(error).toContain('kubectl -n cost-onprem get secret koku-gateway-token');
      expect(status).toBe(1);
    } finally {
      await platform.stop();
    }
  },
  patience,
);
