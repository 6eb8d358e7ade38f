/** The understudy of ingress reads requests as ingress does. Needs python3. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const tests = join(import.meta.dirname, 'understudy');

test.each(readdirSync(tests).filter((file) => file.endsWith('.py')))('%s', (file) => {
  const { stderr } = spawnSync('python3', ['-B', join(tests, file)], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: join(import.meta.dirname, '../../understudy/root/opt/understudy') },
  });
  expect(stderr).toMatch(/^OK$/m);
});
