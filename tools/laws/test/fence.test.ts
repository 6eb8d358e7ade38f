/** What a render may contain: kinds, places, and connections no wider than declared. */
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { deployment, labels, pod, sentencesWithin, service } from './shop.ts';

const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: spec as NonNullable<Manifest['spec']>,
});

const deny = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const other = deployment(pod(), 'other', { app: 'other' });
const shop = deployment(pod({ ports: [{ name: 'http', containerPort: 8080 }] }));

/** The faults of an isolated shop with another workload. */
const isolated = (...objects: readonly Manifest[]) =>
  sentencesWithin({ isolated: true }, deny, shop, other, ...objects);

const egress = (podSelector: object, ...rules: readonly object[]) =>
  policy('more', { podSelector, policyTypes: ['Egress'], egress: rules });
const ingress = (podSelector: object, ...rules: readonly object[]) =>
  policy('more', { podSelector, policyTypes: ['Ingress'], ingress: rules });

const ofShop = { matchLabels: labels };
const https = [{ protocol: 'TCP', port: 443 }];

describe('a policy that opens what is declared is accepted', () => {
  const namespaceOf = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });

  test('DNS for every pod, in a namespace or at the address of NodeLocal DNSCache', () => {
    const ports = [{ protocol: 'UDP', port: 53 }];
    const node = { ipBlock: { cidr: '169.254.20.10/32' } };
    expect(isolated(egress({}, { to: [namespaceOf('kube-system'), node], ports }))).toEqual([]);
  });

  test('one network of an external server', () => {
    expect(isolated(egress(ofShop, { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: https }))).toEqual([]);
    expect(isolated(egress(ofShop, { to: [{ ipBlock: { cidr: '2001:db8::/48' } }], ports: https }))).toEqual([]);
  });

  test('any address, for clients of a server that the cluster moved outside, and for no others', () => {
    const anywhere = egress({ matchLabels: { 'reaches.cost-onprem/kafka.client': 'true' } }, { ports: https });
    const endpoint = (host: string): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kafka-endpoint-ghk2456789' },
      data: { host, port: '443' },
    });
    expect(isolated(anywhere, endpoint('kafka.example.com'))).toEqual([]);
    expect(isolated(anywhere, endpoint('kafka'))).toHaveLength(1);
  });

  test('any address, where a chosen option writes the policy, and only for the pods that it names', () => {
    const written = egress(ofShop, { ports: https });
    const within = (object: Manifest) =>
      sentencesWithin({ isolated: true, policiesOfOptions: [written] }, deny, shop, other, object);
    expect(within(written)).toEqual([]);
    expect(within(egress({ matchLabels: { app: 'other' } }, { ports: https }))).toHaveLength(1);
  });

  test('the router on the network of the nodes, at the port of an Ingress', () => {
    const way: Manifest = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'koku-gateway' },
      spec: { defaultBackend: { service: { name: 'koku-gateway', port: { name: 'http' } } } },
    };
    const gatewayLabels = { 'app.kubernetes.io/name': 'koku-gateway' };
    const gateway = deployment(pod({ ports: [{ name: 'http', containerPort: 8000 }] }), 'koku-gateway', gatewayLabels);
    const front: Manifest = {
      ...service(gatewayLabels),
      metadata: { name: 'koku-gateway' },
      spec: { selector: gatewayLabels, ports: [{ name: 'http', port: 8000, targetPort: 'http' }] },
    };
    const router = ingress(
      { matchLabels: gatewayLabels },
      { from: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 'http' }] },
    );
    expect(isolated(way, gateway, front, router)).toEqual([]);
    expect(isolated(way, gateway, front)).toHaveLength(1);
    expect(isolated(gateway, front, router)).toHaveLength(1);
  });
});

describe('a policy that opens more is refused', () => {
  test.for([
    ['IPv4 in two halves', egress(ofShop, { to: [{ ipBlock: { cidr: '0.0.0.0/1' } }], ports: https })],
    ['all of IPv6', egress(ofShop, { to: [{ ipBlock: { cidr: '::/0' } }], ports: https })],
    ['an empty list of peers', egress(ofShop, { to: [], ports: https })],
    ['no ports', egress(ofShop, { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] })],
    ['every pod as a peer', egress(ofShop, { to: [{ podSelector: {} }], ports: https })],
    [
      'all but one namespace',
      egress(ofShop, {
        to: [{ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } }],
        ports: https,
      }),
    ],
    ['more than DNS for every pod', egress({}, { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: https })],
    [
      'clients without the label',
      ingress(ofShop, { from: [{ podSelector: { matchLabels: { app: 'other' } } }], ports: https }),
    ],
  ] as const)('%s', ([, object]) => {
    expect(isolated(object)).toHaveLength(1);
  });
});

test('a policy whose policyTypes omit a direction opens nothing in it', () => {
  const label = { 'reaches.cost-onprem/shop.http': 'true' };
  const client = deployment(pod(), 'client', { app: 'client', ...label });
  const front: Manifest = {
    ...service(labels),
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
  const ports = [{ protocol: 'TCP', port: 8080 }];
  const out = policy('out', {
    podSelector: { matchLabels: label },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: ofShop }], ports }],
  });
  const into = (...policyTypes: readonly string[]) =>
    policy('into', {
      podSelector: ofShop,
      policyTypes,
      ingress: [{ from: [{ podSelector: { matchLabels: label } }], ports }],
    });
  expect(isolated(client, front, out, into('Ingress'))).toEqual([]);
  expect(isolated(client, front, out, into('Egress'))).toEqual([
    'Deployment/client declares a connection to port 8080 of Deployment/shop by its label reaches.cost-onprem/shop.http, which no ingress policy opens',
  ]);
});

test('default-deny is there, and is not changed', () => {
  expect(sentencesWithin({ isolated: true }, shop)).toHaveLength(1);
  expect(
    sentencesWithin({ isolated: true }, shop, policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] })),
  ).toHaveLength(1);
});

describe('kinds and places', () => {
  test('a kind that the AppProject does not list is refused', () => {
    expect(sentencesWithin({ namespacedKinds: new Set(['Service']) }, shop)).toEqual([
      'Deployment/shop is of the kind Deployment.apps, which overlays/argo-cd/app-project.yaml does not admit in the namespace',
    ]);
  });

  test('an object of another namespace, or another namespace, is refused', () => {
    const elsewhere = { ...shop, metadata: { ...shop.metadata, namespace: 'other' } };
    expect(sentencesWithin({}, elsewhere)).toEqual(['Deployment/shop is in other; it must be in cost-onprem']);
    const second: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } };
    expect(sentencesWithin({}, second)).toContain('Namespace/other is another namespace than cost-onprem: remove it');
  });
});
