/** A platform for tests: a real HTTPS server that keeps to the protocol of the gateway, ingress, Koku and ROS. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

/** What the server does next instead of its usual answer, by method and start of the path. */
export interface Fault {
  readonly on: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  /** Breaks the connection instead of an answer. After `done`, the server does its work first. */
  readonly breaks?: 'at once' | 'done';
  /** How often. */
  readonly times: number;
}

/** A request that arrived. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface State {
  readonly seen: Seen[];
  faults: Fault[];
  /** The cost that Koku reports once a report has arrived. */
  cost: { cluster: number; readonly shop: number; readonly blog: number };
  recommends: boolean;
  /** Objects by path. */
  readonly objects: Map<string, object>;
  clusterId?: string;
  uploads: number;
}

const api = '/api/cost-management/v1';
const token = 'the-token';

interface Reply {
  readonly status: number;
  readonly body?: object;
}

const listOf = (state: State, kind: string, { searchParams }: URL): Reply => ({
  status: 200,
  body: {
    data: searchParams.has('limit')
      ? []
      : [...state.objects].filter(([path]) => path.startsWith(`${api}/${kind}/`)).map(([, object]) => object),
  },
});

const create = (state: State, kind: string, body: Buffer): Reply => {
  const path = `${api}/${kind}/uuid-of-${kind}/`;
  if (state.objects.has(path)) return { status: 400, body: { errors: ['it exists'] } };
  const object = { ...(JSON.parse(body.toString()) as object), uuid: `uuid-of-${kind}` };
  state.objects.set(path, object);
  return { status: 201, body: object };
};

const take = async (state: State, { headers, body }: Seen): Promise<Reply> => {
  const type = headers['content-type'] ?? '';
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) return { status: 400 };
  if (file.type !== 'application/vnd.redhat.hccm.tar+tgz') return { status: 415 };
  state.clusterId = /cluster\/(\S+)$/.exec(headers['user-agent'] ?? '')?.[1] ?? '';
  state.uploads += 1;
  return { status: 202, body: { request_id: 'request-1', upload: { org_id: '9999999' } } };
};

const costReport = ({ uploads, cost }: State, { searchParams }: URL): Reply => {
  const value = (dollars: number) => ({ value: uploads > 0 ? dollars : 0 });
  const project = (name: 'shop' | 'blog') => ({
    project: name,
    values: [{ cost: { usage: value(cost[name]) } }],
  });
  return {
    status: 200,
    body: {
      meta: { total: { cost: { total: value(cost.cluster) } } },
      data: searchParams.has('group_by[project]') ? [{ projects: [project('shop'), project('blog')] }] : [],
    },
  };
};

const recommendations = (state: State): Reply => {
  const requests = { cpu: { amount: 0.6, format: 'cores' }, memory: { amount: 1341.44, format: 'MiB' } };
  const config = { recommendation_engines: { cost: { config: { requests } } } };
  const listed = (project: string) => ({
    cluster_uuid: state.clusterId,
    project,
    container: `${project}-web`,
    recommendations: { recommendation_terms: { short_term: config } },
  });
  const has = state.recommends && state.objects.size > 0 && state.uploads > 0;
  return { status: 200, body: { data: has ? [listed('shop'), listed('blog')] : [] } };
};

const usual = (state: State, request: Seen, url: URL): Reply | Promise<Reply> => {
  const { method, headers, body } = request;
  if (headers.authorization !== `Bearer ${token}`) return { status: 401 };
  if (url.pathname === '/api/ingress/v1/upload' && method === 'POST') return take(state, request);
  if (url.pathname.startsWith(`${api}/recommendations/openshift`)) return recommendations(state);
  if (url.pathname.startsWith(`${api}/reports/openshift/costs/`)) return costReport(state, url);
  if (url.pathname.startsWith('/api/sources/v3.1/')) return sourcesApi(state, request, url);
  const [, kind = ''] = /^\/api\/cost-management\/v1\/(sources|cost-models)\//.exec(url.pathname) ?? [];
  if (kind === '') return { status: 404 };
  if (method === 'GET') return listOf(state, kind, url);
  if (method === 'POST') return create(state, kind, body);
  return { status: state.objects.delete(url.pathname) ? 204 : 404 };
};

/** sources-api, whose events bring each source with an application to Koku at once. */
const sourcesApi = (state: State, { method, body }: Seen, url: URL): Reply => {
  const [, kind = ''] = /^\/api\/sources\/v3\.1\/([a-z_]+)/.exec(url.pathname) ?? [];
  const ids: Readonly<Record<string, string>> = { source_types: '1', application_types: '2' };
  if (method === 'GET') return { status: 200, body: { data: ids[kind] ? [{ id: ids[kind] }] : [] } };
  if (method === 'POST' && kind === 'sources') return { status: 201, body: { id: '7' } };
  if (method === 'POST') return { ...create(state, 'sources', body), status: 201 };
  state.objects.delete(`${api}/sources/uuid-of-sources/`);
  return { status: 202 };
};

/** The fault that a request meets, counted. */
const faultFor = (state: State, { method, path }: Seen): Fault | undefined => {
  const index = state.faults.findIndex(({ on, times }) => times > 0 && `${method} ${path}`.startsWith(on));
  const fault = state.faults[index];
  if (fault) state.faults = state.faults.with(index, { ...fault, times: fault.times - 1 });
  return fault;
};

/** A certificate for localhost that signed itself, the same one in all tests of a process. */
const certificate = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const made = { key: readFileSync(key), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
})();

/** Starts a platform on a free port. */
export const startPlatform = async () => {
  const { key, cert } = certificate;
  const state: State = {
    seen: [],
    faults: [],
    cost: { cluster: 48, shop: 7.2, blog: 5.4 },
    recommends: true,
    objects: new Map(),
    uploads: 0,
  };
  const server = createServer({ key, cert }, (request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'https://localhost');
      const seen: Seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: await buffer(request),
      };
      state.seen.push(seen);
      const fault = faultFor(state, seen);
      if (fault?.breaks === 'done') await usual(state, seen, url);
      if (fault?.breaks) {
        request.socket.destroy();
        return;
      }
      const reply = fault?.status === undefined ? await usual(state, seen, url) : { status: fault.status };
      response.writeHead(reply.status, { 'content-type': 'application/json', ...fault?.headers });
      response.end(fault?.text ?? ('body' in reply && reply.body ? JSON.stringify(reply.body) : ''));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    token,
    /** The certificate. */
    ca: cert,
    address: new URL(`https://localhost:${port}`),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
