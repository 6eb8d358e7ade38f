/** What goes when a server is an external one. */
import { describe, expect, test } from 'vitest';
import { applicationBases, consequences, secret } from '../src/index.ts';
import { credentials, database, rendered, storeObjects } from './shop.ts';

describe('a server that may be external', () => {
  const served = { workloads: [{ ...database, role: 'database' }], makes: [credentials] } as const;
  const role = { 'cost-onprem/role': 'database' };

  test('has its role on all objects that go with it; the clients’ policy has another label, because it stays', () => {
    const { 'NetworkPolicy/reaches-store-postgres': path, ...others } = rendered(
      consequences(served.workloads[0], 'store'),
    );
    for (const object of Object.values(others)) expect(object).toMatchObject({ metadata: { labels: role } });
    expect(path).toMatchObject({ metadata: { labels: { 'cost-onprem/reaches-role': 'database' } } });
    expect(path).not.toMatchObject({ metadata: { labels: role } });
    expect(JSON.stringify(storeObjects)).not.toContain('role');
  });

  test('has its role on requests for random passwords and on Secrets that only it reads', () => {
    const own = { ...secret('store-replication', { password: 16 }), role: 'database' } as const;
    const { kustomization, objects } =
      applicationBases({ name: 'store', bases: { '.': { ...served, makes: [credentials, own] } } }, [])['.'] ?? {};
    expect(kustomization).toMatchObject({
      configMapGenerator: ['make-store-credentials', 'make-store-replication'].map((name) => ({
        name,
        options: { labels: role },
      })),
    });
    const asked = rendered(objects?.['external-secrets.yaml'] ?? []);
    expect(asked['ExternalSecret/store-credentials']).not.toMatchObject({ metadata: { labels: role } });
    expect(asked['ExternalSecret/store-replication']).toMatchObject({ metadata: { labels: role } });
  });
});
