/** A client whose server an option brings, in clusters with the option and without, as Kustomize renders them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { application, applicationBases, endpoints, workload } from '@cost-onprem/kit';
import { afterAll, expect, test } from 'vitest';
import { below, folderFiles } from '../src/folder.ts';
import { containersOf, identity, podTemplateOf } from '../../tools/manifests/src/manifest.ts';
import { renderCluster } from '../../tools/clusters/src/render.ts';
import { writeCluster } from '../../tools/clusters/test/chosen-cluster.ts';
import { scratchRepository } from '../../tools/clusters/test/scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

const ask = workload({
  name: 'ask',
  purpose: 'Asks the replica.',
  kind: 'CronJob',
  schedule: '* * * * *',
  image: 'registry.example.com/ask:1.0',
  wave: 'application',
  connects: [
    {
      to: endpoints('db-koku-replica', { postgres: 5432 }).postgres,
      when: 'options/read-replica',
      env: { REPLICA_HOST: 'db-koku-replica' },
      waitFor: ['replica-answers'],
    },
  ],
});

const bases = applicationBases(application({ name: 'ask', bases: { '.': { workloads: [ask] } } }), []);
for (const [folder, base] of Object.entries(bases))
  for (const [file, text] of Object.entries(below(folder, folderFiles(base, 'libs/ask/src'))))
    write(`libs/ask/base/${file}`, text);

// Sizes that a profile would give.
const amounts = `{ cpu: 1m, memory: 1Mi, ephemeral-storage: 32Mi }`;
const sizes = `{ requests: ${amounts}, limits: ${amounts} }`;
write(
  'overlays/options/ask/kustomization.yaml',
  `kind: Component
apiVersion: kustomize.config.k8s.io/v1alpha1
resources: [../../../libs/ask/base]
patches:
  - target: { kind: CronJob, name: ask }
    patch: |
      - op: add
        path: /spec/jobTemplate/spec/template/spec/containers/0/resources
        value: ${sizes}
`,
);
const replica = 'overlays/options/read-replica/kustomization.yaml';
write(
  replica,
  readFileSync(join(root, replica), 'utf8').replace(
    'components:\n',
    '$&  - ../../../libs/ask/base/when/options/read-replica\n',
  ),
);

/** Renders a small cluster with some options, in this order. */
const render = async (name: string, ...options: readonly string[]) => {
  await writeCluster(
    root,
    name,
    new Set(['stacks/without-trino', 'kafka/single-node', 'object-storage/embedded', 'secrets/generated']),
    {
      components: [
        'kafka/single-node',
        'object-storage/embedded',
        ...options,
        'secrets/generated',
        'platforms/kubernetes',
        'storage/minimal',
        'profiles/minimal',
      ].map((overlay) => `../../overlays/${overlay}`),
    },
  );
  const { objects } = await renderCluster(name, root);
  const template = podTemplateOf(objects.find((object) => identity(object) === 'CronJob/ask') ?? expect.fail());
  return {
    labels: Object.keys(template?.metadata?.labels ?? {}),
    containers: containersOf(template?.spec ?? {}).map(({ name: container, env = [] }) => [
      container,
      env.map((variable) => variable.name),
    ]),
  };
};

const label = 'reaches.cost-onprem/db-koku-replica.postgres';

test('without the option the client knows nothing of the server', async () => {
  const { labels, containers } = await render('without', 'options/ask');
  expect(labels).not.toContain(label);
  expect(containers).toEqual([['ask', []]]);
});

test('with the option it waits for the server, knows its address and may reach it', async () => {
  const { labels, containers } = await render('with', 'options/ask', 'options/read-replica');
  expect(labels).toContain(label);
  expect(containers).toEqual([
    ['wait-for-db-koku-replica', ['REPLICA_HOST']],
    ['ask', ['REPLICA_HOST']],
  ]);
});

test('an option before the overlay that adds its client is refused, because Kustomize would pass over the client', async () => {
  await expect(render('before', 'options/read-replica', 'options/ask')).rejects.toThrow(
    `clusters/before/kustomization.yaml: lists options/read-replica before the overlay that adds CronJob/ask, so that object lacks ${label}; list options/read-replica after it`,
  );
});
