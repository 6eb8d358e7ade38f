import { describe, expect, test } from 'vitest';
import { changing, changingSpec } from './manifests.ts';

describe('a Service', () => {
  const type = 'v1 Service';

  test.each([
    ['None', '10.0.0.1', 'None'],
    ['10.0.0.1', 'None', '10.0.0.1'],
    [undefined, 'None', 'the address that the cluster chose'],
    ['10.0.0.1', '10.0.0.2', '10.0.0.1'],
  ])('keeps its address: %s to %s', (from, to, old) => {
    expect(changingSpec(type, { clusterIP: from }, { clusterIP: to })).toEqual([
      `Service/x changes spec.clusterIP from ${old} to ${to}; Kubernetes does not change the address of a Service: restore it, or give the Service a new name`,
    ]);
  });

  test.each([
    ['stops writing its address', { clusterIP: 'None' }, {}],
    ['gets an address for a name', { type: 'ExternalName' }, { clusterIP: 'None' }],
    ['gives up its address for a name', { clusterIP: '10.0.0.1' }, { type: 'ExternalName' }],
    ['changes ports and selector', { ports: [1], selector: { a: 'b' } }, { ports: [2], selector: { a: 'c' } }],
    ['gets a second family', { ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv4', 'IPv6'] }],
    ['names its family', {}, { ipFamilies: ['IPv6'] }],
  ])('may change: it %s', (_what, before, after) => {
    expect(changingSpec(type, before, after)).toEqual([]);
  });

  test('keeps its first family', () => {
    expect(changingSpec(type, { ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv6'] })).toEqual([
      expect.stringContaining('changes spec.ipFamilies.0 from IPv4 to IPv6'),
    ]);
  });

  test('keeps the class of its load balancer while it has one', () => {
    const balanced = { type: 'LoadBalancer', loadBalancerClass: 'one' };
    expect(changingSpec(type, balanced, { ...balanced, loadBalancerClass: 'other' })).toHaveLength(1);
    expect(changingSpec(type, balanced, {})).toEqual([]);
  });
});

describe.each(['ConfigMap', 'Secret'])('an immutable %s', (kind) => {
  const type = `v1 ${kind}`;

  test.each(['data', 'binaryData', 'stringData'])('keeps its %s, and the sentence shows no value', (field) => {
    const before = { immutable: true, [field]: { password: 'hidden', user: 'same' } };
    const after = { immutable: true, [field]: { password: 'shown', user: 'same' } };
    expect(changing(type, before, after)).toEqual([
      `${kind}/x changes ${field}.password although it is immutable: give it a new name, as the hash of a generator does`,
    ]);
  });

  test('stays immutable', () => {
    expect(changing(type, { immutable: true }, {})).toEqual([
      expect.stringContaining('changes immutable from true to false'),
    ]);
  });

  test('may become immutable, and may change before that', () => {
    expect(changing(type, { data: { a: 'b' } }, { immutable: true, data: { a: 'c' } })).toEqual([]);
  });
});

test('a Secret keeps its type', () => {
  expect(changing('v1 Secret', {}, { type: 'Opaque' })).toEqual([]);
  expect(changing('v1 Secret', {}, { type: 'kubernetes.io/tls' })).toEqual([
    expect.stringContaining('changes type from Opaque to kubernetes.io/tls'),
  ]);
});

test.each(['RoleBinding', 'ClusterRoleBinding'])('a %s keeps its role', (kind) => {
  const type = `rbac.authorization.k8s.io/v1 ${kind}`;
  const role = (name: string) => ({ roleRef: { kind: 'Role', name } });
  expect(changing(type, role('view'), role('edit'))).toEqual([
    `${kind}/x changes roleRef.name from view to edit; Kubernetes does not change the role of a binding: restore it, or give the binding a new name`,
  ]);
  expect(changing(type, { ...role('view'), subjects: [] }, { ...role('view'), subjects: [{ name: 'a' }] })).toEqual([]);
});

test('a PriorityClass keeps its value', () => {
  const type = 'scheduling.k8s.io/v1 PriorityClass';
  expect(changing(type, { value: 1 }, { value: 2 })).toEqual([expect.stringContaining('changes value from 1 to 2')]);
  expect(changing(type, { value: 1, description: 'a' }, { value: 1, description: 'b' })).toEqual([]);
});

test('a Route may change its host, because only the cluster knows whether that is permitted', () => {
  expect(changingSpec('route.openshift.io/v1 Route', { host: 'one' }, { host: 'other' })).toEqual([]);
});
