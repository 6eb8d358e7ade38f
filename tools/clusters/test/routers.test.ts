/** Who may connect to the gateway, where pods may ask DNS, and what the Ingress tells each router: on clusters of our own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayRoutes, largestBody, requestTimeout, routers, type Router } from '@cost-onprem/contracts';
import { afterAll, expect, test } from 'vitest';
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { schemaFaults } from '../src/kubeconform.ts';
import { renderCluster } from '../src/render.ts';
import { writeCluster } from './chosen-cluster.ts';
import { scratchRepository } from './scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const usual = [
  'stacks/without-trino',
  'kafka/single-node',
  'object-storage/embedded',
  'secrets/existing',
  'platforms/kubernetes',
  'storage/minimal',
  'profiles/minimal',
] as const;

/** The objects of a cluster with some options, and with some settings of `public`. */
const objectsWith = async (
  name: string,
  options: readonly string[],
  settings: readonly string[],
): Promise<readonly Manifest[]> => {
  await writeCluster(root, name, new Set([...usual, ...options.map((option) => `options/${option}`)]), {
    configMapGenerator: [
      { name: 'public', behavior: 'merge', literals: ['host=cost.router.example.com', ...settings] },
    ],
  });
  const { yaml, objects } = await renderCluster(name, root);
  expect(await schemaFaults(yaml)).toEqual([]);
  return objects;
};

const policy = (objects: readonly Manifest[], name: string) =>
  objects.find((object) => identity(object) === `NetworkPolicy/${name}`)?.spec;

const gateway = {
  matchLabels: { 'app.kubernetes.io/name': 'koku-gateway', 'app.kubernetes.io/part-of': 'cost-onprem' },
};
const solver = { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } };
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

const admits = (podSelector: object, port: string | number, from: readonly object[]) => ({
  podSelector,
  policyTypes: ['Ingress'],
  ingress: [{ from, ports: [{ protocol: 'TCP', port }] }],
});

test('the router’s namespace is the only one that may connect to the gateway, and its class serves the Ingress', async () => {
  const objects = await objectsWith('traefik', [], ['class=traefik', 'router-namespace=kube-system']);
  expect(policy(objects, 'allow-router')).toEqual(admits(gateway, 'http', [inNamespace('kube-system')]));
  const ingress = objects.find(({ kind }) => kind === 'Ingress');
  expect(at(ingress?.spec, 'ingressClassName')).toBe('traefik');
});

test('a class that a cluster writes although it is the usual one needs no namespace', async () => {
  const objects = await objectsWith('nginx', [], ['class=nginx']);
  expect(policy(objects, 'allow-router')).toEqual(admits(gateway, 'http', [inNamespace('ingress-nginx')]));
});

test('router-on-host-network: the nodes’ addresses may connect to the gateway, and no namespace', async () => {
  const objects = await objectsWith('nodes', ['router-on-host-network'], ['router-addresses=198.51.100.0/25']);
  const nodes = [{ ipBlock: { cidr: '198.51.100.0/25' } }];
  expect(policy(objects, 'allow-router')).toEqual(admits(gateway, 'http', nodes));
});

test('router-on-host-network: a range may be of IPv6', async () => {
  const objects = await objectsWith('nodes-6', ['router-on-host-network'], ['router-addresses=2001:db8:1::/64']);
  expect(at(policy(objects, 'allow-router'), 'ingress', 0, 'from')).toEqual([{ ipBlock: { cidr: '2001:db8:1::/64' } }]);
});

test('http01-solver: the same router may connect to cert-manager’s pods', async () => {
  const objects = await objectsWith(
    'solver',
    ['http01-solver'],
    ['class=haproxy', 'router-namespace=haproxy-controller'],
  );
  const router = [inNamespace('haproxy-controller')];
  expect(policy(objects, 'allow-router-to-http01-solver')).toEqual(admits(solver, 8089, router));
  expect(policy(objects, 'allow-router')).toEqual(admits(gateway, 'http', router));
});

test('http01-solver and router-on-host-network: the nodes may connect to both', async () => {
  const options = ['http01-solver', 'router-on-host-network'];
  const objects = await objectsWith('both', options, ['router-addresses=198.51.100.7/32']);
  const nodes = [{ ipBlock: { cidr: '198.51.100.7/32' } }];
  expect(policy(objects, 'allow-router-to-http01-solver')).toEqual(admits(solver, 8089, nodes));
  expect(policy(objects, 'allow-router')).toEqual(admits(gateway, 'http', nodes));
});

test('node-local-dns: every pod may ask the cache on its node and the cluster’s DNS, on port 53 alone', async () => {
  const inKubeSystem = (app: string) => ({
    ...inNamespace('kube-system'),
    podSelector: { matchLabels: { 'k8s-app': app } },
  });
  expect(policy(await objectsWith('dns', ['node-local-dns'], []), 'allow-dns')).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [inKubeSystem('kube-dns'), { ipBlock: { cidr: '169.254.20.10/32' } }, inKubeSystem('node-local-dns')],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
  });
});

test('amd64-nodes: every pod of ours runs on amd64 nodes', async () => {
  const pods = (await objectsWith('amd64', ['amd64-nodes'], [])).flatMap((object) => podTemplateOf(object) ?? []);
  expect(pods.length).toBeGreaterThan(0);
  for (const { spec } of pods) expect(at(spec, 'nodeSelector')).toEqual({ 'kubernetes.io/arch': 'amd64' });
});

test('every router waits longer than the gateway, takes bodies as large, and serves nothing without TLS', async () => {
  const objects = await objectsWith('limits', [], []);
  const annotations = objects.find(({ kind }) => kind === 'Ingress')?.metadata.annotations ?? {};
  const named = (name: RegExp) =>
    Object.entries(annotations).flatMap(([key, value]) => (name.test(key) ? [[key, value] as const] : []));
  const longest = Math.max(requestTimeout, ...Object.values(gatewayRoutes).map(({ timeout }) => timeout));
  const waits = named(/\/(proxy-read-timeout|timeout-server)$/);
  expect(waits.map(([key]) => key.split('/')[0])).toEqual([
    'haproxy-ingress.github.io',
    'haproxy.org',
    'nginx.ingress.kubernetes.io',
    'nginx.org',
  ]);
  for (const [key, value] of waits) expect([key, Number.parseInt(value, 10) > longest]).toEqual([key, true]);
  const bodies = named(/-body-size$/);
  expect(bodies.length).toBeGreaterThan(0);
  for (const [key, value] of bodies) expect([key, value]).toEqual([key, `${largestBody}m`]);
  expect(annotations).toMatchObject({
    'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
    'haproxy.org/ssl-redirect': 'true',
    'haproxy-ingress.github.io/ssl-redirect': 'true',
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
  });
});

test('the platform’s page has a row for each router that we know', () => {
  const page = readFileSync(join(repository, 'overlays/platforms/kubernetes/README.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  for (const [name, { class: ingressClass, namespace }] of Object.entries<Router>(routers)) {
    const row = rows.find(
      (line) =>
        line.includes(`\`${namespace}\``) && (line.includes(name) || line.includes(`\`${name.toLowerCase()}\``)),
    );
    expect([name, row?.includes(`\`${ingressClass}\``)]).toEqual([name, true]);
  }
});
