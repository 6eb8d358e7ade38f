/** The declaration that an understudy gets of the workloads that it replaces. Needs python3 for its own tests. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, reachesLabel, secret, workload, type Connection } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { understudyDeclaration } from '../src/images/understudy/declaration.ts';
import { loadApplications } from '../../repository/src/applications.ts';
import { understudyFor } from '../src/images/understudy/recipe.ts';

const server = endpoints('server', { postgres: 5432, client: 9092, s3: 9000 });
const other = endpoints('other', { http: 8080 });
const listens = endpoints('client', { http: 8000, metrics: 9000 });
const credentials = secret('server-credentials', { password: 32 });
const key = (name: string) => ({ kind: 'ConfigMap', name: 'server-endpoint', key: name }) as const;

const login: Connection = {
  to: server.postgres,
  env: {
    SERVER_HOST: key('host'),
    SERVER_PORT: key('port'),
    SERVER_CA: { ...key('ca-file'), optional: true },
    SERVER_PASSWORD: credentials.keys.password,
  },
};

const probe = { every: 10, timeout: 5, failures: 3 };

const declared = (
  connects: readonly Connection[],
  services: readonly string[] = [],
  others: readonly Manifest[] = [],
) =>
  understudyDeclaration(
    [
      workload({
        name: 'client',
        purpose: 'Connects.',
        kind: 'Deployment',
        image: 'registry.example.com/client:1',
        wave: 'application',
        listens,
        connects,
        env: { MODE: 'quiet' },
        scratch: [{ path: '/var/lib/client' }],
        probes: {
          readiness: { check: { get: '/ready', on: listens.http }, ...probe },
          liveness: { check: { get: '/live', on: listens.http }, ...probe },
        },
      }),
    ],
    [...services.map((name) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } })), ...others],
  )['client'];

describe('an understudy knows', () => {
  test('which variable holds what, by the key that it comes from', () => {
    expect(declared([login])?.connections).toMatchObject([
      {
        protocol: 'postgresql',
        server: 'server:5432',
        variables: { host: 'SERVER_HOST', port: 'SERVER_PORT', 'ca-file': 'SERVER_CA', password: 'SERVER_PASSWORD' },
      },
    ]);
  });

  test('which variable holds an address that others have the parts of', () => {
    const kafka = { A: key('host'), B: key('port'), BROKERS: '$(A):$(B)', OTHER: '$(B):$(A)' };
    expect(declared([{ to: server.client, env: kafka }])?.connections).toMatchObject([
      { protocol: 'kafka', variables: { host: 'A', port: 'B', authority: 'BROKERS' } },
    ]);
    const s3 = { A: key('scheme'), B: key('host'), ENDPOINT: '$(A)://$(B)' };
    expect(declared([{ to: server.s3, env: s3 }])?.connections).toMatchObject([
      { protocol: 's3', variables: { scheme: 'A', host: 'B', url: 'ENDPOINT' } },
    ]);
  });

  test('what a fixed value says about a server that is never elsewhere', () => {
    const env = { OTHER_HOST: 'other', OTHER_PORT: '8080', OTHER_GROUP: 'clients' };
    expect(declared([{ to: other.http, env }])?.connections).toMatchObject([
      { protocol: 'http', server: 'other:8080', variables: { host: 'OTHER_HOST', port: 'OTHER_PORT' } },
    ]);
    expect(declared([{ to: other.http, env: { OTHER_URL: 'http://other:8080' } }])?.connections).toMatchObject([
      { variables: { url: 'OTHER_URL' } },
    ]);
  });

  test('that a server whose client waits for an answer to a GET speaks HTTP', () => {
    const strange = endpoints('strange', { strange: 8080 });
    const waiting: Connection = { to: strange.strange, waitFor: { get: '/health', by: 'curl' } };
    expect(declared([waiting], ['strange'])?.connections).toMatchObject([{ protocol: 'http', server: 'strange:8080' }]);
  });

  test('no connection to a server whose address is in messages', () => {
    expect(declared([{ to: server.s3, env: { SSL_CERT_FILE: key('ca-file') } }])?.connections).toEqual([]);
  });

  test('which variables are in every cluster', () => {
    expect(declared([login])?.variables).toEqual(['SERVER_HOST', 'SERVER_PORT', 'SERVER_PASSWORD', 'MODE']);
  });

  test('its ports, its writable folders, and the path that may fail', () => {
    expect(declared([])).toMatchObject({
      listens: { http: 8000, metrics: 9000 },
      writes: ['/tmp', '/var/lib/client'],
      readiness: ['/ready'],
    });
  });

  test('an HTTP server only where the cluster has it', () => {
    expect(declared([{ to: other.http }])?.connections).toEqual([]);
    expect(declared([{ to: other.http }], ['other'])?.connections).toMatchObject([
      { protocol: 'http', server: 'other:8080' },
    ]);
  });

  test('an overlay’s server and its variables only where the client has the overlay’s label', () => {
    const joined = { ...login, when: 'options/read-replica' } as const;
    const client = (labels: Readonly<Record<string, string>>): Manifest => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'client' },
      spec: { template: { metadata: { labels }, spec: { containers: [] } } },
    });
    expect(declared([joined], [], [client({})])).toMatchObject({ connections: [], variables: ['MODE'] });
    const { connections, variables } = declared([joined], [], [client({ [reachesLabel(login.to)]: 'true' })]) ?? {};
    expect(connections).toHaveLength(1);
    expect(variables).toContain('SERVER_HOST');
  });

  test('no connection of an unknown protocol', () => {
    const strange = endpoints('strange', { gopher: 70 });
    expect(() => declared([{ to: strange.gopher, env: {} }])).toThrow(
      'strange:70: the understudy knows no protocol for a port named gopher; it knows client, http, kruize, postgres, redis, s3',
    );
  });
});

test('an image has an understudy where an application declares a workload of it, also behind a mirror', async () => {
  const applications = await loadApplications();
  const [image = ''] = applications
    .flatMap(({ bases }) => Object.values(bases).flatMap(({ workloads }) => workloads))
    .map((one) => one.image);
  const last = image.slice(image.lastIndexOf('/') + 1);
  expect(understudyFor(applications, `mirror.example.com/proxy/${last}`, [])).toBeDefined();
  expect(understudyFor(applications, 'registry.example.com/nothing-of-ours:1', [])).toBe(undefined);
});

const python = join(import.meta.dirname, 'understudy');

test.each(readdirSync(python).filter((file) => file.endsWith('.py')))('its own tests, in Python: %s', (file) => {
  const { stderr } = spawnSync('python3', ['-B', join(python, file)], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: join(import.meta.dirname, '../understudy') },
  });
  expect(stderr).toMatch(/^OK$/m);
});
