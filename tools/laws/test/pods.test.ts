/** Laws of what runs: containers, their folders and ports, and who they run as. */
import { describe, expect, test } from 'vitest';
import type { Container } from '../../manifests/src/manifest.ts';
import { container, deployment, labels, pod, sentences, service } from './shop.ts';

test('an object that keeps every law has no fault', () => {
  expect(sentences(deployment(pod()), service(labels))).toEqual([]);
});

describe('containers', () => {
  const fault = (change: Partial<Container>) => sentences(deployment(pod(change)));

  test('an image floats when its tag has no version with a dot, no date and no hash, and does not when a digest pins it', () => {
    for (const tag of ['latest', 'main', 'stable', 'v1', '17', 'alpine', 'beef', '2026'])
      expect(fault({ image: `registry.example.com/shop:${tag}` })).toEqual([
        `Deployment/shop container shop: image registry.example.com/shop:${tag} floats: its tag must begin with a version with a dot, contain a date, or be a commit’s hash; or pin a digest`,
      ]);
    const digest = `sha256:${'0'.repeat(64)}`;
    for (const end of [
      ':1.28.0',
      ':v1.8',
      ':1.86.0-alpine',
      ':d8055ac',
      ':20260923',
      ':RELEASE.2026-09-23T10',
      `:latest@${digest}`,
      `@${digest}`,
    ])
      expect(fault({ image: `registry.example.com/shop${end}` })).toEqual([]);
  });

  test('a registry’s port is not a tag', () => {
    expect(fault({ image: 'registry.example.com:5000/shop' })).toHaveLength(1);
  });

  test('a variable given twice is refused: the kubelet would silently use the last', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    expect(fault({ env })).toEqual(['Deployment/shop container shop: the variable A is given twice']);
  });

  test('a reference to another variable resolves where that surely comes before it, and stays text elsewhere', () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { SCHEME: 'https' } };
    const url = { name: 'URL', value: '$(SCHEME)://example.com' };
    const scheme = { name: 'SCHEME', value: 'https' };
    const optional = (key: string) => ({
      name: 'SCHEME',
      valueFrom: { configMapKeyRef: { name: 'settings', key, optional: true } },
    });
    const faults = (change: Partial<Container>) => sentences(deployment(pod(change)), settings);
    for (const env of [[scheme, url], [optional('SCHEME'), url], [{ name: 'URL', value: '$$(SCHEME) $(a command)' }]])
      expect(faults({ env })).toEqual([]);
    expect(faults({ env: [url], envFrom: [{ configMapRef: { name: 'settings' } }] })).toEqual([]);
    for (const env of [[url, scheme], [optional('OTHER'), url], [url]])
      expect(faults({ env })).toEqual([
        expect.stringContaining('container shop: the variable URL names $(SCHEME), which Kubernetes leaves as text'),
      ]);
  });

  test('quantities are compared, not texts: 1024Mi is 1Gi, and 1 core is 1000m', () => {
    const amounts = (cpu: string, memory: string, disk: string) => ({ cpu, memory, 'ephemeral-storage': disk });
    const equal = { requests: amounts('1000m', '1024Mi', '1024Mi'), limits: amounts('1', '1Gi', '1Gi') };
    expect(fault({ resources: equal })).toEqual([]);
    const over = { requests: amounts('1', '1.5Gi', '1025Mi'), limits: amounts('999m', '1Gi', '1Gi') };
    expect(fault({ resources: over })).toHaveLength(3);
  });

  test('the same laws apply to init containers', () => {
    const { image: _image, ...bare } = container;
    expect(sentences(deployment(pod({}, { initContainers: [{ ...bare, name: 'first' }] })))).toEqual([
      'Deployment/shop container first: has no image: a patch with another container name adds a container',
    ]);
  });
});

describe('folders on the disk of the node', () => {
  const folders = (...emptyDirs: readonly { readonly medium?: string; readonly sizeLimit?: string }[]) =>
    sentences(
      deployment(pod({}, { volumes: emptyDirs.map((emptyDir, index) => ({ name: `folder-${index}`, emptyDir })) })),
    );

  test('one without a size is refused: a pod could fill the disk', () => {
    expect(folders({})).toEqual([
      'Deployment/shop volume folder-0 has no sizeLimit: a pod could fill the disk of its node',
    ]);
    expect(folders({ sizeLimit: '64Mi' }, { sizeLimit: '64Mi' })).toEqual([]);
  });

  test('together they fit the limit of their containers, but for those in memory', () => {
    expect(folders({ sizeLimit: '96Mi' }, { sizeLimit: '64Mi' })).toEqual([
      'Deployment/shop may fill its folders with 160Mi, over the ephemeral-storage limit of its containers, 128Mi, and would be evicted before: raise the limit too',
    ]);
    expect(folders({ sizeLimit: '96Mi' }, { sizeLimit: '64Mi', medium: 'Memory' })).toEqual([]);
  });
});

test('two containers of a pod on one port, or with one name for two, are refused', () => {
  const beside = (...ports: NonNullable<Container['ports']>) =>
    sentences(
      deployment(
        pod(
          {},
          {
            containers: [
              { ...container, ports: [{ name: 'http', containerPort: 8080 }] },
              { ...container, name: 'proxy', ports },
            ],
          },
        ),
      ),
    );
  expect(beside({ name: 'public', containerPort: 8080 })).toEqual([
    'Deployment/shop containers shop and proxy both have port 8080',
  ]);
  expect(beside({ name: 'http', containerPort: 8081 })).toEqual([
    'Deployment/shop containers shop and proxy both have port http',
  ]);
  expect(beside({ name: 'public', containerPort: 8081 })).toEqual([]);
});

test('a volume that comes and goes with its pod is refused without a size', () => {
  const spilling = (spec: object) =>
    sentences(
      deployment(pod({}, { volumes: [{ name: 'spill', ephemeral: { volumeClaimTemplate: { spec: { ...spec } } } }] })),
    );
  expect(spilling({})).toEqual(['Deployment/shop ephemeral volume spill has no size: its claim must request storage']);
  expect(spilling({ resources: { requests: { storage: '50Gi' } } })).toEqual([]);
});

describe('selectors', () => {
  test('a Service that selects no workload, or two, is refused', () => {
    expect(sentences(deployment(pod()), service({ app: 'other' }))).toEqual([
      'Service/shop selects no pod; it must select exactly one workload',
    ]);
    const wide = { tier: 'front' };
    const both = [deployment(pod(), 'one', { app: 'one', ...wide }), deployment(pod(), 'two', { app: 'two', ...wide })];
    expect(sentences(...both, service(wide))).toEqual([
      'Service/shop selects Deployment/one and Deployment/two; it must select exactly one workload',
    ]);
  });
});

test('a pod without a UID among pods that have one is refused: the platform came before it', () => {
  const user = { securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } } };
  const late = deployment(pod(), 'late', { app: 'late' });
  expect(sentences(deployment(pod({}, user)), late)).toEqual([
    'Deployment/late has no runAsUser, although other pods have one: the platform overlay did not patch it',
  ]);
});
