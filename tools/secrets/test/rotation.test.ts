/** Plans of rotations for renders of clusters. The rehearsal runs such plans. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaFaults } from '../../clusters/src/kubeconform.ts';
import { renderCluster } from '../../clusters/src/render.ts';
import { renderChanged } from '../../clusters/test/with-option.ts';
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import { neededSecrets, readersOf } from '../../manifests/src/secrets.ts';
import { copyEnvironment, copyRepository } from '../../scratch/src/copy.ts';
import type { ExampleName } from '../../scratch/src/examples.ts';
import { copyOfJob, describeRotation, planRotation } from '../src/rotation.ts';

let production: readonly Manifest[];
let minimal: readonly Manifest[];
let openshift: readonly Manifest[];
const { root, remove } = copyRepository('rotation');
afterAll(remove);
beforeAll(async () => {
  const render = async (name: ExampleName) => (await renderCluster(name, root)).objects;
  production = await render('example-kubernetes-production');
  minimal = await render('example-kubernetes-minimal');
  openshift = await render('example-openshift-minimal');
});

const steps = (objects: readonly Manifest[], ...names: readonly string[]) => planRotation(objects, names).restarts;

describe('the order of restarts', () => {
  test('the database restarts first, because it sets its passwords at start; then its replica, or all of Koku', () => {
    expect(steps(production, 'db-koku-replication')).toEqual([
      ['statefulset/db-koku'],
      ['statefulset/db-koku-replica'],
    ]);
    const [first, second, ...rest] = steps(production, 'db-koku-credentials');
    expect([first, rest]).toEqual([['statefulset/db-koku'], []]);
    expect(second).toEqual(
      expect.arrayContaining([
        'deployment/koku-api-reads',
        'deployment/koku-celery-worker-ocp',
        'deployment/koku-masu',
      ]),
    );
  });

  test('cache and object store restart before their clients', () => {
    expect(steps(production, 'valkey-credentials')[0]).toEqual(['statefulset/valkey']);
    expect(steps(minimal, 'object-storage')[0]).toEqual(['statefulset/object-storage']);
  });

  test('the gateway’s token restarts only the gateway, and Django’s key restarts no server', () => {
    expect(steps(production, 'koku-gateway-token')).toEqual([['deployment/koku-gateway']]);
    expect(steps(production, 'koku-django')).toHaveLength(1);
  });

  test('every long-running reader of a Secret restarts once, and nothing else restarts', () => {
    for (const { name } of neededSecrets(production)) {
      const running = readersOf(production, name).filter(({ kind }) => kind !== 'Job' && kind !== 'CronJob');
      expect(steps(production, name).flat().toSorted()).toEqual(
        running.map((object) => identity(object).toLowerCase()).toSorted(),
      );
    }
    const all = steps(production, 'all').flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test('clients that are each other’s servers restart together', () => {
    const reader = (name: string, other: string): Manifest => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        template: {
          metadata: { labels: { [`reaches.cost-onprem/${other}.http`]: 'true' } },
          spec: {
            containers: [
              {
                name,
                env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'koku-django', key: 'secret-key' } } }],
              },
            ],
          },
        },
      },
    });
    expect(steps([reader('a', 'b'), reader('b', 'a')], 'koku-django')).toEqual([['deployment/a', 'deployment/b']]);
  });
});

describe('the source of new values', () => {
  const chosen = async (choice: string) => {
    const change = (text: string) => text.replace('overlays/secrets/generated', `overlays/secrets/${choice}`);
    return planRotation((await renderChanged('example-kubernetes-minimal', change)).objects, ['valkey-credentials']);
  };

  test('generated: a copy of Argo CD’s Job, which Argo CD ignores', async () => {
    const { remade, job } = planRotation(production, ['valkey-credentials']);
    expect(remade).toEqual(['valkey-credentials']);
    const copy = copyOfJob(job as Manifest);
    expect(copy.metadata).toMatchObject({
      name: 'secrets-generate-by-hand',
      namespace: 'cost-onprem',
      labels: { 'app.kubernetes.io/name': 'secrets-generate' },
    });
    expect(copy.metadata.annotations).toBeUndefined();
    expect(await schemaFaults(dump(copy, { noRefs: true }))).toEqual([]);
  });

  test('external: the store, which has the new value already', async () => {
    expect(await chosen('external')).toMatchObject({ remade: [], fetched: ['valkey-credentials'], changed: [] });
  });

  test('existing: the Secret has its new value already', async () => {
    const plan = await chosen('existing');
    expect(plan).toMatchObject({ remade: [], fetched: [], changed: ['valkey-credentials'] });
    expect(describeRotation(plan)[0]).toBe(
      'leave valkey-credentials unchanged: their new values must be there already',
    );
  });

  test('generated, with an external object store or a bucket claim: its Secret has the new value already', () => {
    for (const render of [production, openshift])
      expect(planRotation(render, ['object-storage'])).toMatchObject({ remade: [], changed: ['object-storage'] });
  });

  test('optional: the Secret has its new value already; only its readers restart, and only if the user names it', () => {
    const plan = planRotation(production, ['koku-aws']);
    expect(plan).toMatchObject({ remade: [], fetched: [], changed: ['koku-aws'] });
    expect(plan.restarts.flat()).toEqual(expect.arrayContaining(['deployment/koku-masu']));
    expect(plan.restarts.flat()).not.toContain('deployment/koku-api-reads');
    expect(planRotation(production, ['all']).changed).not.toContain('koku-aws');
  });

  test('--keep-values: the Secret has its new value already, whatever creates it', () => {
    expect(planRotation(production, ['valkey-credentials'], true)).toMatchObject({
      remade: [],
      changed: ['valkey-credentials'],
    });
  });
});

describe('the command', () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'tools/secrets/src/rotate.ts'), ...args], {
      encoding: 'utf8',
      env: copyEnvironment,
    });

  test('--plan only prints the steps', () => {
    expect(run('example-kubernetes-minimal', 'koku-gateway-token', '--plan')).toMatchObject({
      status: 0,
      stdout: 'delete koku-gateway-token and let the Job create new values\nrestart deployment/koku-gateway\n',
    });
  });

  test.for([
    [
      ['koku-djanga', '--plan'],
      'cluster example-kubernetes-minimal: does not need the Secret koku-djanga; did you mean koku-django?',
    ],
    // If the command ignored it, it would rotate.
    [['koku-django', '--pln'], '--pln is not an option'],
  ] as const)('%j is refused', ([args, sentence]) => {
    const { status, stderr } = run('example-kubernetes-minimal', ...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)]);
  });
});
