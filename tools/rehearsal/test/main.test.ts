import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import { pinnedImages } from '../src/images/give.ts';
import { table } from '../src/argo-cd/report.ts';

const { root, remove } = copyRepository('rehearsal');
afterAll(remove);

const rehearsal = (...args: readonly string[]) => {
  const main = join(root, 'tools/rehearsal/src/main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: copyEnvironment });
  return { status, stderr: stderr.trim() };
};

test.each([
  [
    ['cluster', 'example-kubernetes-minimum'],
    'no cluster example-kubernetes-minimum; did you mean example-kubernetes-minimal?',
  ],
  [['cluster', 'example-kubernetes-minimal', '--stage=nodes'], 'no stage nodes; did you mean node?'],
  [
    ['cluster', 'example-kubernetes-minimal', '--with=read-replicas'],
    'no option read-replicas; did you mean read-replica?',
  ],
  [['cluster', 'example-kubernetes-minimal', '--long'], '--long: needs containers that run; add --stage=node'],
  [['cluster', 'example-kubernetes-minimal', '--images=pul'], '--images=pul: no origin pul; did you mean pull?'],
  [['cluster', 'example-kubernetes-minimal', '--chaos=some'], '--chaos=some: must be a whole number'],
  [['cluster', 'example-kubernetes-minimal', '--chaos=1'], '--chaos: needs containers that run; add --stage=node'],
  [['cluster', 'example-kubernetes-minimal', '--within=soon'], '--within=soon: must be a number of seconds'],
])('%j is refused before anything starts', (args, sentence) => {
  const { status, stderr } = rehearsal(...args);
  expect(stderr).toContain(sentence);
  expect(status).toBe(1);
});

test('the images of a cluster are those of all its containers, each once', () => {
  const pod = (...images: readonly string[]) => ({
    template: { spec: { initContainers: [{ image: images[0] }], containers: images.map((image) => ({ image })) } },
  });
  const objects = [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' }, spec: pod('b:1', 'a:1') },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'two' }, spec: { jobTemplate: { spec: pod('b:1') } } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'three' }, spec: {} },
  ];
  expect(pinnedImages(objects)).toEqual(['a:1', 'b:1']);
});

test('a table has its words to the left and its numbers to the right', () => {
  expect(
    table([
      ['pod', 'Ready after'],
      ['koku-gateway', '3 s'],
    ]),
  ).toBe('  pod           Ready after\n  koku-gateway          3 s');
});
