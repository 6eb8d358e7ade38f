/** Valkey's image does what libs/valkey and the external servers need. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authority, serverCertificate } from '../src/kubernetes/certificates.ts';
import { eventually, makeRuntime, type Container, type Unpacked } from './containers.ts';
import { address, makeNetwork, smallCluster, startIn, unpackImages, type Network, type Workload } from './stand-ins.ts';

const runtime = makeRuntime();
let image: Unpacked;
let network: Network;
let start: () => Promise<Workload>;

beforeAll(async () => {
  const images = await unpackImages(runtime, ['pause', 'valkey']);
  image = images['valkey'] as Unpacked;
  network = await makeNetwork(runtime, images['pause'] as Unpacked);
  const workload = startIn(
    runtime,
    images,
    network,
  )({
    objects: await smallCluster(join(runtime.folder, 'cluster')),
    secrets: { 'valkey-credentials/password': 'secret' },
    volumes: join(runtime.folder, 'volumes'),
  });
  start = async () => {
    const valkey = await workload('StatefulSet', 'valkey');
    await eventually('its startup probe', valkey, async () => {
      await valkey.exec(...valkey.pod.startupProbe);
      return true;
    });
    return valkey;
  };
});
afterAll(runtime.end);

const stop = async (container: Container): Promise<void> => {
  await container.signal('TERM');
  expect(await container.ended).toBe(0);
};

test('the cluster’s Valkey requires the password, and keeps to its share of the memory limit', async () => {
  const valkey = await start();
  expect(await valkey.exec('env', '-u', 'REDISCLI_AUTH', 'valkey-cli', 'ping')).toMatch(/^NOAUTH/);
  expect(await valkey.exec('valkey-cli', '-h', address, 'ping')).toBe('PONG');
  const setting = async (name: string) => (await valkey.exec('valkey-cli', 'config', 'get', name)).split('\n')[1];
  // 60 % of 512 Mi, in whole Mi.
  expect(await setting('maxmemory')).toBe(String(307 * 2 ** 20));
  expect(await setting('maxmemory-policy')).toBe('volatile-lru');
  await stop(valkey);
});

test.each(['TERM', 'KILL'] as const)('a queue survives SIG%s and a restart', async (signal) => {
  const before = await start();
  await before.exec('valkey-cli', '-n', '1', 'rpush', `queue-${signal}`, 'one', 'two');
  await before.signal(signal);
  await before.ended;
  const after = await start();
  expect(await after.exec('valkey-cli', '-n', '1', 'lrange', `queue-${signal}`, '0', '-1')).toBe('one\ntwo');
  expect(await after.exec('valkey-check-aof', '/data/appendonlydir/appendonly.aof.manifest')).toContain('are valid');
  await stop(after);
});

test('the entry point changes from root to UID 999, which then owns the data', async () => {
  const valkey = await runtime.start('default', image);
  await eventually('the start', valkey, async () => (await valkey.exec('valkey-cli', 'ping')) === 'PONG');
  expect(await valkey.exec('stat', '--format=%u:%g', '/proc/1', '/data')).toBe('999:999\n999:999');
  await stop(valkey);
});

test('it serves TLS with a given certificate', async () => {
  const certificates = join(runtime.folder, 'certificates');
  mkdirSync(certificates);
  authority(certificates);
  serverCertificate(certificates, 'tls', ['redis.example.com']);
  const file = (option: string, name: string) => [`--tls-${option}-file`, `/certificates/${name}`];
  const valkey = await runtime.start('tls', image, {
    command: [
      ...['valkey-server', '--port', '0', '--tls-port', '6379', '--tls-auth-clients', 'no', '--requirepass', 'secret'],
      ...[...file('ca-cert', 'ca.crt'), ...file('cert', 'tls.crt'), ...file('key', 'tls.key')],
    ],
    mounts: [{ from: certificates, to: '/certificates', readOnly: true }],
    shared: network.shared,
  });
  const ping = ['valkey-cli', '--no-auth-warning', '-a', 'secret', '--tls', '--cacert', '/certificates/ca.crt', 'ping'];
  await eventually('the start', valkey, async () => (await valkey.exec(...ping)) === 'PONG');
  expect(
    await network.ask('openssl', 's_client', '-connect', `${address}:6379`, '-CAfile', join(certificates, 'ca.crt')),
  ).toContain('Verify return code: 0 (ok)');
  await stop(valkey);
});
