/**
 * Images that the small cluster pins start as in the cluster: with any UID of group 0 and a read-only root.
 * PostgreSQL and Valkey have their own tests.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, makeRuntime, type Container, type Unpacked } from './containers.ts';
import { address, makeNetwork, smallCluster, startIn, unpackImages, type Network } from './stand-ins.ts';

const runtime = makeRuntime();
let images: Readonly<Record<string, Unpacked>>;
let network: Network;
let start: ReturnType<ReturnType<typeof startIn>>;

beforeAll(async () => {
  images = await unpackImages(runtime, ['pause', 'kafka', 'nginx-unprivileged', 'redis_exporter', 'versitygw']);
  network = await makeNetwork(runtime, images['pause'] as Unpacked);
  start = startIn(
    runtime,
    images,
    network,
  )({
    objects: await smallCluster(join(runtime.folder, 'cluster')),
    secrets: {
      'koku-gateway-token/token': 'token',
      'object-storage/AWS_ACCESS_KEY_ID': 'access',
      'object-storage/AWS_SECRET_ACCESS_KEY': 'secret',
      'valkey-credentials/password': 'secret',
    },
    volumes: join(runtime.folder, 'volumes'),
  });
});
afterAll(runtime.end);

/** A script that prints the answer of an HTTP server. */
const asking = (port: number, path: string, header = 'Accept: */*'): string => {
  const request = `GET ${path} HTTP/1.0\\r\\nHost: ${address}\\r\\n${header}\\r\\n\\r\\n`;
  return `exec 3<>/dev/tcp/${address}/${port}; printf '${request}' >&3; cat <&3`;
};

/** The first line of the answer. */
const statusOf = async (port: number, path: string, header?: string): Promise<string> => {
  const [status = ''] = (await network.ask('bash', '-c', asking(port, path, header))).split('\r\n');
  return status;
};

const answers = (container: Container, port: number, path: string, status: number): Promise<void> =>
  eventually(`the answer ${status} for ${path}`, container, async () =>
    (await statusOf(port, path)).includes(` ${status} `),
  );

const stop = async (container: Container): Promise<number> => {
  await container.signal('TERM');
  return container.ended;
};

describe('in the cluster', () => {
  test('nginx is the gateway, which admits no client without the token', async () => {
    const gateway = await start('Deployment', 'koku-gateway');
    await answers(gateway, 8000, '/healthz', 200);
    expect(await statusOf(8000, '/')).toContain(' 401 ');
    expect(await statusOf(8000, '/', 'Authorization: Bearer token')).toContain(' 404 ');
    expect(await stop(gateway)).toBe(0);
  });

  test('versitygw is the object store, which refuses a client without a signature', async () => {
    const store = await start('StatefulSet', 'object-storage');
    await answers(store, 9000, '/health', 200);
    expect(await statusOf(9000, '/')).toContain(' 403 ');
    expect(await stop(store)).toBe(0);
  });

  test('redis_exporter reports an absent cache', async () => {
    const exporter = await start('Deployment', 'valkey-exporter');
    await answers(exporter, 9121, '/health', 200);
    expect(await network.ask('bash', '-c', asking(9121, '/metrics'))).toMatch(/^redis_up 0$/m);
    await stop(exporter);
  });

  test('Kafka keeps a message', async () => {
    const kafka = await start('StatefulSet', 'kafka');
    const script = (name: string, ...args: readonly string[]) =>
      kafka.exec('sh', '-c', `/opt/kafka/bin/${name}.sh --bootstrap-server kafka:29092 ${args.join(' ')}`);
    await eventually('the topic', kafka, async () => {
      await script('kafka-topics', '--create', '--if-not-exists', '--topic', 'rehearsal');
      return true;
    });
    await script('kafka-console-producer', '--topic', 'rehearsal', '<<END\nhello\nEND');
    expect(
      await script('kafka-console-consumer', '--topic', 'rehearsal', '--from-beginning', '--max-messages', '1'),
    ).toContain('hello');
    expect(await stop(kafka)).toBe(143);
  }, 180_000);
});

test('nginx also answers without a configuration, as UID 101', async () => {
  const nginx = await runtime.start('nginx', images['nginx-unprivileged'] as Unpacked, { shared: network.shared });
  await answers(nginx, 8080, '/', 200);
  expect(await nginx.exec('stat', '--format=%u', '/proc/1')).toBe('101');
  expect(nginx.log()).toContain('GET / HTTP/1.0');
  await stop(nginx);
});

describe('pause', () => {
  test.each(['TERM', 'INT'] as const)('ends on SIG%s', async (signal) => {
    const pause = await runtime.start('pause', images['pause'] as Unpacked, { readOnlyRoot: true });
    await pause.signal(signal);
    expect(await pause.ended).toBe(0);
  });

  test('reaps orphaned processes', async () => {
    const pause = await runtime.start('pause', images['pause'] as Unpacked, { readOnlyRoot: true });
    const other = await runtime.start('other', images['nginx-unprivileged'] as Unpacked, {
      command: ['sh', '-c', '(sleep 0.2 & echo $! >/tmp/orphan); exec sleep 60'],
      shared: { pid: pause.pid, namespaces: ['pid'] },
    });
    await eventually('the note of the orphan', other, async () => (await other.exec('cat', '/tmp/orphan')) !== '');
    const orphan = `/proc/${await other.exec('cat', '/tmp/orphan')}`;
    // A zombie would still exist.
    await other.exec('sh', '-c', `for round in $(seq 50); do [ -e ${orphan} ] || break; sleep 0.1; done`);
    expect(await other.exec('sh', '-c', 'cat /proc/[0-9]*/stat')).not.toMatch(/^\d+ \(sleep\) Z/m);
    await expect(other.exec('test', '-e', orphan)).rejects.toThrow('Command failed');
    await other.signal('KILL');
    await other.ended;
    await stop(pause);
  });
});
