/** What a workload may do at the API server. */
import { describe, expect, test } from 'vitest';
import { consequences, workload } from '../src/index.ts';
import { migrate, rendered } from './shop.ts';

describe('rights', () => {
  const maker = workload({
    name: 'maker',
    purpose: 'Makes.',
    kind: 'Job',
    image: 'registry.example.com/shop:1',
    wave: 'credentials',
    mayCreate: ['secrets'],
  });
  const objects = rendered(consequences(maker, 'shop'));
  const tokenOf = (controller: unknown) =>
    (controller as { spec: { template: { spec: { automountServiceAccountToken: boolean } } } }).spec.template.spec
      .automountServiceAccountToken;

  test('a workload that may create Secrets may do nothing else, and only it has the Role', () => {
    expect(objects['Role/maker']).toMatchObject({
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }],
    });
    expect(objects['RoleBinding/maker']).toMatchObject({
      roleRef: { kind: 'Role', name: 'maker' },
      subjects: [{ kind: 'ServiceAccount', name: 'maker' }],
    });
  });

  test('only that workload has a token and a policy for the API server', () => {
    expect(tokenOf(objects['Job/maker'])).toBe(true);
    expect(objects['NetworkPolicy/maker-reaches-api-server']).toMatchObject({
      spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'maker' } }, policyTypes: ['Egress'] },
    });
    const others = rendered(consequences(migrate, 'shop'));
    expect(tokenOf(others['Job/migrate'])).toBe(false);
    expect(Object.keys(others)).toEqual(['Job/migrate', 'ServiceAccount/migrate']);
  });
});
