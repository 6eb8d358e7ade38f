/** A person who runs a smoke test learns whether the platform works, and otherwise what to look at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { workloadNames } from '@cost-onprem/contracts';
import { repository } from '../../repository/src/repository.ts';
import { advice } from '../src/advice.ts';
import { httpsClient, type Client } from '../src/https.ts';
import { identityOf, testOrganisation } from '../src/identity.ts';
import { runSmoke, type Plan } from '../src/run.ts';
import { verdictText } from '../src/verdict.ts';
import { startPlatform, type Fault } from './platform.ts';

let platform: Awaited<ReturnType<typeof startPlatform>>;
beforeEach(async () => {
  platform = await startPlatform();
});
afterEach(() => platform.stop());

const clusterId = '3f1f6d1e-1111-4222-8333-444455556666';
const workloads = ['koku-gateway', 'koku-listener', 'koku-celery-worker-summary', 'ingress', 'rosocp-processor'];

const run = async (
  plan: Partial<Plan> = {},
  { signal, ...client }: Partial<Client> = {},
  heard: (line: string) => void = () => undefined,
) => {
  const { address, token, ca } = platform;
  const identity = identityOf(testOrganisation, 'smoke-test');
  const whole: Client = { address, token, ca, identity, timeout: 30, ...client };
  const lines: string[] = [];
  const verdict = await runSmoke(
    { clusterId, recommends: true, sources: 'koku', seconds: 20, pause: 0.05, keeps: false, ...plan },
    {
      ask: httpsClient({ ...whole, ...(signal && { signal }) }),
      askAfterwards: httpsClient(whole),
      say: (line) => {
        lines.push(line);
        heard(line);
      },
      ...(signal && { signal }),
    },
  );
  return {
    lines,
    steps: verdict.failures.map(({ step }) => step),
    text: verdictText(verdict, 'north', workloads, '7.0'),
  };
};

const seen = (method: string, start: string) =>
  platform.state.seen.filter((request) => request.method === method && request.path.startsWith(start));

test('a platform that works passes, with its cost and its recommendations, and keeps nothing', async () => {
  const { text, lines } = await run();
  expect(text).toBe(
    'PASSED: north, in 7.0 s\n' +
      '  cost to the cent: 48.00 USD, shop 7.20, blog 5.40\n' +
      '  recommendations: shop/shop-web: 0.6 cores, 1341.44 MiB; blog/blog-web: 0.6 cores, 1341.44 MiB',
  );
  expect(lines).toContain('the recommendations are gone');
  expect([...platform.state.objects.keys()]).toEqual([]);
  expect(seen('DELETE', '').map(({ path }) => path)).toEqual([
    '/api/cost-management/v1/sources/uuid-of-sources/',
    '/api/cost-management/v1/cost-models/uuid-of-cost-models/',
  ]);
});

test('the upload is the metrics operator’s: one file of its type, its user agent, with token and identity', async () => {
  await run();
  const [upload] = seen('POST', '/api/ingress/v1/upload');
  expect(upload?.headers['user-agent']).toMatch(new RegExp(`^cost-mgmt-operator/[0-9a-f]{40} cluster/${clusterId}$`));
  expect(upload?.headers['x-rh-identity']).toBe(identityOf(testOrganisation, 'smoke-test'));
  const type = upload?.headers['content-type'] ?? '';
  expect(type).toMatch(/^multipart\/form-data; boundary=/);
  const body = new Response(Uint8Array.from(upload?.body ?? []), { headers: { 'content-type': type } });
  const parts = [...(await body.formData())];
  expect(parts.map(([name, file]) => [name, (file as File).type, (file as File).name])).toEqual([
    ['file', 'application/vnd.redhat.hccm.tar+tgz', expect.stringMatching(/^\d{8}T\d{6}_\d{3}-cost-mgmt\.tar\.gz$/)],
  ]);
});

test('a cluster without the resource optimisation is not asked for recommendations', async () => {
  platform.state.recommends = false;
  const { text } = await run({ recommends: false });
  expect(text).toMatch(/^PASSED/);
  expect(seen('GET', '/api/cost-management/v1/recommendations')).toEqual([]);
});

test('where sources-api takes the sources, the test creates its source there, as the metrics operator does', async () => {
  const { text } = await run({ sources: 'sources-api' });
  expect(text).toMatch(/^PASSED/);
  const bodies = seen('POST', '/api/sources').map(({ body }) => JSON.parse(body.toString()) as object);
  expect(bodies).toEqual([
    { name: 'smoke-3f1f6d1e', source_ref: clusterId, source_type_id: '1' },
    { source_id: '7', application_type_id: '2' },
  ]);
  expect(seen('DELETE', '').map(({ path }) => path)[0]).toBe('/api/sources/v3.1/sources/7');
});

test('what --keep leaves is named', async () => {
  const { lines } = await run({ keeps: true });
  expect(lines).toContain('kept, because of --keep: /api/cost-management/v1/sources/uuid-of-sources/');
  expect(platform.state.objects.size).toBe(2);
});

describe('a refusal ends the test at once, and says what it usually means', () => {
  const upload = 'POST /api/ingress/v1/upload';
  test.for<readonly [Fault, string, string, string]>([
    [{ on: 'GET', status: 401, times: 1 }, 'address', 'sources/ answers 401', 'does not accept the token'],
    [{ on: 'POST /api/cost-management/v1/sources/', status: 424, times: 1 }, 'source', 'answers 424', 'RBAC'],
    [
      { on: upload, status: 413, text: 'too large', times: 1 },
      'upload',
      'answers 413: too large',
      'a limit on the body',
    ],
    [{ on: upload, status: 415, times: 1 }, 'upload', 'v1/upload answers 415', 'does not accept the type hccm'],
    [{ on: upload, status: 404, times: 1 }, 'upload', 'answers 404', 'no such route'],
  ])('%j', async ([fault, step, why, meaning]) => {
    platform.state.faults = [fault];
    const { text, steps } = await run();
    expect(steps).toEqual([step]);
    expect(text).toContain(`FAILED: north, at the step “${step}”, after 7.0 s: `);
    expect(text).toContain(why);
    expect(text).toContain(`usually: `);
    expect(text).toContain(meaning);
    // What was created before is deleted.
    expect([...platform.state.objects.keys()]).toEqual([]);
  });
});

describe('a platform that asks the client to come back gets another attempt', () => {
  test('after the seconds that it asks for', async () => {
    platform.state.faults = [
      { on: 'POST /api/ingress/v1/upload', status: 503, headers: { 'retry-after': '1' }, times: 1 },
    ];
    const began = performance.now();
    const { text, lines } = await run();
    expect(text).toMatch(/^PASSED/);
    expect(lines).toContain('POST /api/ingress/v1/upload answers 503; trying again in 1 s');
    expect(performance.now() - began).toBeGreaterThan(1000);
    expect(platform.state.uploads).toBe(1);
  });

  test('but not after the time that the person gives', async () => {
    platform.state.faults = [
      { on: 'POST /api/ingress/v1/upload', status: 503, headers: { 'retry-after': '60' }, times: 100 },
    ];
    const { text, steps } = await run();
    expect(steps).toEqual(['upload']);
    expect(text).toContain('answers 503');
    expect(seen('POST', '/api/ingress/v1/upload')).toHaveLength(1);
  });

  test('and a source whose answer got lost is found, not created twice', async () => {
    platform.state.faults = [{ on: 'POST /api/cost-management/v1/sources/', breaks: 'done', times: 1 }];
    const { text } = await run();
    expect(text).toMatch(/^PASSED/);
  });

  test('while the cost is awaited, an error of a moment does not count', async () => {
    platform.state.faults = [
      { on: 'GET /api/cost-management/v1/reports', status: 500, times: 2 },
      { on: 'GET /api/cost-management/v1/reports', breaks: 'at once', times: 1 },
    ];
    expect((await run()).text).toMatch(/^PASSED/);
  });
});

test('a cent too much is a failure, which names both costs, workloads of the cluster and the runbook', async () => {
  platform.state.cost.cluster = 48.01;
  const { text, steps } = await run({ seconds: 0.3 });
  expect(steps).toEqual(['cost']);
  expect(text).toContain(
    'Koku reports 48.01 USD, shop 7.20, blog 5.40, and must report 48.00 USD, shop 7.20, blog 5.40',
  );
  expect(text).toContain('  workloads: koku-listener, koku-celery-worker-summary, ingress\n');
  expect(text).toContain('libs/monitoring/runbook.md#costuploadsnotprocessed');
});

test('a missing recommendation names the containers', async () => {
  platform.state.recommends = false;
  const { text, steps } = await run({ seconds: 0.3 });
  expect(steps).toEqual(['recommendation']);
  expect(text).toContain('there is none for shop/shop-web, blog/blog-web');
  expect(text).toContain('  workloads: rosocp-processor');
});

test('a failed clean-up is a failure of its own', async () => {
  platform.state.faults = [{ on: 'DELETE /api/cost-management/v1/sources/', status: 403, times: 1 }];
  const { steps, text } = await run();
  expect(steps).toEqual(['clean up']);
  expect(text).toContain('at the step “clean up”');
});

test('an interruption ends the wait, and still cleans up', async () => {
  platform.state.cost.cluster = 0;
  const controller = new AbortController();
  const { steps, text } = await run({ seconds: 60 }, { signal: controller.signal }, (line) => {
    if (line.startsWith('uploaded')) setTimeout(() => controller.abort(new Error('interrupted')), 100);
  });
  expect(steps).toEqual(['cost']);
  expect(text).toBe('INTERRUPTED: north, at the step “cost”, after 7.0 s');
  expect([...platform.state.objects.keys()]).toEqual([]);
});

describe('an address that cannot be right ends the test at once', () => {
  test('a certificate that no trusted authority signed', async () => {
    const { text } = await run({}, { ca: undefined as unknown as string });
    expect(text).toMatch(/the certificate of localhost:\d+ is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    expect(text).toContain('--ca=<file>');
    expect(platform.state.seen).toEqual([]);
  });

  test('a certificate of another name', async () => {
    const { text } = await run({}, { address: new URL(platform.address.href.replace('localhost', '127.0.0.1')) });
    expect(text).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('a name that does not resolve', async () => {
    const { text } = await run({}, { address: new URL('https://nowhere.invalid') });
    expect(text).toMatch(/the name nowhere\.invalid does not resolve|nowhere\.invalid gives no answer/);
  });

  test('a port on which nothing listens', async () => {
    const { text, steps } = await run({}, { address: new URL('https://localhost:1') });
    expect(steps).toEqual(['address']);
    expect(text).toContain('localhost:1 gives no answer: ');
  });
});

test('every paragraph of the runbook and every workload that the advice names exists', () => {
  const text = readFileSync(join(repository, 'libs/monitoring/runbook.md'), 'utf8');
  for (const { paragraphs, workloads: starts } of Object.values(advice)) {
    for (const paragraph of paragraphs) expect(text).toContain(`## ${paragraph}\n`);
    for (const start of starts) expect([...workloadNames].filter((name) => name.startsWith(start))).not.toEqual([]);
  }
});
