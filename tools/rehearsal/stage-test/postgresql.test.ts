/** PostgreSQL's image does what libs/postgresql needs. */
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authority, serverCertificate } from '../src/kubernetes/certificates.ts';
import { eventually, makeRuntime, type Container, type ContainerOptions, type Unpacked } from './containers.ts';
import { anyUser, type Cluster } from './pods.ts';
import { address, makeNetwork, smallCluster, startIn, unpackImages, type Network, type Workload } from './stand-ins.ts';

const runtime = makeRuntime();
let images: Readonly<Record<string, Unpacked>>;
let network: Network;

beforeAll(async () => {
  images = await unpackImages(runtime, ['pause', 'postgresql-16-c9s']);
  network = await makeNetwork(runtime, images['pause'] as Unpacked);
});
afterAll(runtime.end);

const startImage = (name: string, options: ContainerOptions): Promise<Container> =>
  runtime.start(name, images['postgresql-16-c9s'] as Unpacked, options);

/** Queries the server of a container through its socket, as the superuser. */
const sql = (container: Container, statement: string, database = 'postgres'): Promise<string> =>
  container.exec('psql', '--quiet', '--tuples-only', '--no-align', `--command=${statement}`, database);

/** Queries the server from outside of its pod. */
const sqlOverTcp = (container: Container, user: string, password: string): Promise<string> =>
  container.exec('psql', `postgresql://${user}:${password}@${address}/koku`, '-qtAc', 'select current_user');

const accepts = async (container: Container): Promise<void> => {
  await eventually('the start of PostgreSQL', container, async () => {
    await container.exec('pg_isready', '--quiet', '--host=127.0.0.1', '--username=postgres');
    return true;
  });
};

describe('Koku’s database, as a cluster runs it', () => {
  let cluster: Cluster;
  let primary: Workload;

  const secrets = { 'db-koku-credentials/password': 'first', 'db-koku-replication/password': 'follow' };

  const start = async (changed: Readonly<Record<string, string>> = {}): Promise<Workload> => {
    const workload = await startIn(runtime, images, network)({ ...cluster, secrets: { ...secrets, ...changed } })(
      'StatefulSet',
      'db-koku',
    );
    await eventually('its startup probe', workload, async () => {
      await workload.exec(...workload.pod.startupProbe);
      return true;
    });
    return workload;
  };

  /** Stops it as the kubelet does. @returns its exit status */
  const stop = async (workload: Workload): Promise<number> => {
    // The command ends with the container, because it stops the container's first process.
    await workload.exec(...workload.pod.preStop).catch(() => undefined);
    return workload.ended;
  };

  beforeAll(async () => {
    const objects = await smallCluster(join(runtime.folder, 'cluster'));
    cluster = { objects, secrets, volumes: join(runtime.folder, 'volumes') };
    primary = await start();
  });

  test('has the user, which owns the database, the replica’s user, the extension, and text in UTF-8', async () => {
    expect(
      await sql(
        primary,
        `select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate from pg_database
        where datname = 'koku'`,
      ),
    ).toBe('koku|UTF8|en_US.utf8');
    expect(
      await sql(primary, `select rolname, rolsuper, rolreplication from pg_roles where rolcanlogin order by 1`),
    ).toBe(['koku|f|f', 'postgres|t|t', 'replication|f|t'].join('\n'));
    expect(await sql(primary, 'select extname from pg_extension order by 1', 'koku')).toBe(
      'pg_stat_statements\nplpgsql',
    );
  });

  test('takes its sizes from the memory limit, and its settings from the ConfigMap', async () => {
    const setting = (name: string) => sql(primary, `show ${name}`);
    // A quarter and a half of 2000 Mi.
    expect(await setting('shared_buffers')).toBe('500MB');
    expect(await setting('effective_cache_size')).toBe('1000MB');
    expect(await setting('max_connections')).toBe('120');
    expect(await setting('huge_pages')).toBe('off');
    expect(await setting('wal_keep_size')).toBe('1GB');
    expect(primary.log()).toContain('database system is ready to accept connections');
  });

  test('requires a password from outside of the pod, and none inside', async () => {
    expect(await sqlOverTcp(primary, 'koku', 'first')).toBe('koku');
    await expect(sqlOverTcp(primary, 'koku', 'wrong')).rejects.toThrow('password authentication failed');
    await expect(sqlOverTcp(primary, 'postgres', 'anything')).rejects.toThrow('password authentication failed');
    expect(await primary.exec('psql', '-qtAc', 'select current_user', 'host=127.0.0.1 user=koku')).toBe('koku');
  });

  test('listens only on its socket until the roles exist', () => {
    const [setup = '', ...rest] = primary.log().split('database system is shut down');
    expect(setup).toContain('listening on Unix socket');
    expect(setup).not.toContain('listening on IPv4');
    expect(rest.join('')).toContain('listening on IPv4');
  });

  test('has a replica, which copies once, and connects with the name of its pod', async () => {
    await sql(primary, 'create table before_copy as select 1 as value');
    const startReplica = async (): Promise<Workload> => {
      // Its own port, because it shares the primary's network here.
      const replica = await startIn(runtime, images, network)(cluster)('StatefulSet', 'db-koku-replica', {
        PGPORT: '5433',
      });
      await eventually('the replica’s start', replica, async () => (await sql(replica, 'select 1')) === '1');
      return replica;
    };
    const replica = await startReplica();
    expect(replica.log()).toContain('(100%), 1/1 tablespace');
    await sql(primary, 'create table after_copy as select 2 as value');
    const replayed = 'select pg_is_in_recovery(), before_copy.value, after_copy.value from before_copy, after_copy';
    await eventually('the replay of a row', replica, async () => (await sql(replica, replayed)) === 't|1|2');
    expect(await sql(primary, 'select application_name, state from pg_stat_replication')).toBe(
      'db-koku-replica|streaming',
    );
    expect(await stop(replica)).toBe(0);
    const again = await startReplica();
    expect(again.log()).not.toContain('tablespace');
    expect(await sql(again, 'select value from after_copy')).toBe('2');
    expect(await stop(again)).toBe(0);
  });

  test('stops by the pod’s command without loss, and uses changed passwords after the next start', async () => {
    await sql(primary, 'create table kept as select 3 as value');
    expect(await stop(primary)).toBe(0);
    primary = await start({ 'db-koku-credentials/password': 'second' });
    expect(primary.log()).not.toMatch(/not properly shut down|initdb/);
    expect(await sql(primary, 'select value from kept')).toBe('3');
    expect(await sqlOverTcp(primary, 'koku', 'second')).toBe('koku');
    await expect(sqlOverTcp(primary, 'koku', 'first')).rejects.toThrow('password authentication failed');
    expect(await stop(primary)).toBe(0);
  });

  test('recovers after a kill', async () => {
    primary = await start();
    await sql(primary, 'create table written as select 4 as value');
    await primary.signal('KILL');
    await primary.ended;
    primary = await start();
    expect(await sql(primary, 'select value from written')).toBe('4');
    expect(await stop(primary)).toBe(0);
  });
});

describe('the image', () => {
  const volumes = join(runtime.folder, 'image');
  let count = 0;

  /** A folder of files for a container, which may write to it. */
  const folder = (files: Readonly<Record<string, string>> = {}): string => {
    count += 1;
    const made = join(volumes, String(count));
    mkdirSync(made, { recursive: true });
    chmodSync(made, 0o777);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text);
    return made;
  };

  const mounted = (to: string, from: string) => ({ from, to, readOnly: false });
  const customization = (name: string, files: Readonly<Record<string, string>>) =>
    mounted(`/opt/app-root/src/postgresql-${name}`, folder(files));

  test.each([
    [{}, 'set POSTGRESQL_USER, POSTGRESQL_PASSWORD and POSTGRESQL_DATABASE, or POSTGRESQL_ADMIN_PASSWORD, or all four'],
    [{ POSTGRESQL_USER: 'koku', POSTGRESQL_DATABASE: 'koku' }, 'only POSTGRESQL_USER POSTGRESQL_DATABASE of '],
    [{ POSTGRESQL_USER: 'postgres', POSTGRESQL_PASSWORD: 'a', POSTGRESQL_DATABASE: 'koku' }, 'which is reserved'],
    [
      { POSTGRESQL_USER: 'koku', POSTGRESQL_PASSWORD: 'a', POSTGRESQL_DATABASE: 'k'.repeat(64) },
      'POSTGRESQL_DATABASE is longer than 63 bytes',
    ],
    [{ POSTGRESQL_ADMIN_PASSWORD: 'a', POSTGRESQL_UPGRADE: 'copy' }, 'POSTGRESQL_UPGRADE is set'],
    [
      { POSTGRESQL_ADMIN_PASSWORD: 'a', POSTGRESQL_MIGRATION_REMOTE_HOST: 'b' },
      'POSTGRESQL_MIGRATION_REMOTE_HOST is set',
    ],
    [{ POSTGRESQL_ADMIN_PASSWORD: 'a', POSTGRESQL_EXTENSIONS: 'citext' }, 'POSTGRESQL_EXTENSIONS is set'],
    [{ POSTGRESQL_ADMIN_PASSWORD: 'a', POSTGRESQL_LOG_DESTINATION: '/tmp/log' }, "POSTGRESQL_LOG_DESTINATION is '/tmp"],
    [{ POSTGRESQL_ADMIN_PASSWORD: 'a', ENABLE_REPLICATION: 'true' }, "ENABLE_REPLICATION is 'true'"],
  ] as const)('refuses %j with an error', async (env, sentence) => {
    const container = await startImage('refused', { env, readOnlyRoot: true });
    expect(await container.ended).toBe(1);
    expect(container.log()).toMatch(/^postgresql: /);
    expect(container.log()).toContain(sentence);
  });

  test('has a server and clients of the same version', async () => {
    const container = await startImage('versions', {
      command: ['sh', '-c', 'postgres --version; psql --version; pg_basebackup --version'],
      readOnlyRoot: true,
    });
    expect(await container.ended).toBe(0);
    const versions = [...container.log().matchAll(/PostgreSQL\) (\S+)/g)].map(([, version]) => version);
    expect(versions).toHaveLength(3);
    expect(new Set(versions).size).toBe(1);
  });

  test.each(['run-postgresql-master', 'run-postgresql-slave'])('refuses the command %s with an error', async (name) => {
    const container = await startImage('refused', { command: ['container-entrypoint', name], readOnlyRoot: true });
    expect(await container.ended).toBe(1);
    expect(container.log()).toContain(`${name}: this stand-in does not have it`);
  });

  test('sources the folders in their order, those for a new volume once', async () => {
    const seen = folder();
    const mounts = [
      mounted('/seen', seen),
      mounted('/var/lib/pgsql/data', folder()),
      customization('pre-start', { 'a.sh': 'pg_isready --quiet || echo pre-start >>/seen/order', 'b.txt': 'exit 1' }),
      customization('init', {
        'a.sh': 'psql --command="create table made as select 5 as value"; echo init >>/seen/order',
      }),
      customization('start', { 'b.sh': 'echo start-b >>/seen/order', 'a.sh': 'echo start-a >>/seen/order' }),
    ];
    const env = { POSTGRESQL_ADMIN_PASSWORD: 'admin', POSTGRESQL_LIBRARIES: 'pg_stat_statements' };
    const order = () => readFileSync(join(seen, 'order'), 'utf8').trim().split('\n');
    for (const expected of [
      ['pre-start', 'init', 'start-a', 'start-b'],
      ['pre-start', 'start-a', 'start-b'],
    ]) {
      rmSync(join(seen, 'order'), { force: true });
      const container = await startImage('customized', { user: anyUser, env, mounts, shared: network.shared });
      await accepts(container);
      expect(order()).toEqual(expected);
      expect(await sql(container, 'select value from made')).toBe('5');
      expect(await sql(container, 'show shared_preload_libraries')).toBe('pg_stat_statements');
      expect(await container.exec('psql', `postgresql://postgres:admin@${address}`, '-qtAc', 'select 6')).toBe('6');
      await container.signal('INT');
      expect(await container.ended).toBe(0);
    }
  });

  test('makes a user and a database whose names have hyphens', async () => {
    const env = { POSTGRESQL_USER: 'ros-user', POSTGRESQL_PASSWORD: 'secret', POSTGRESQL_DATABASE: 'ros-db' };
    const container = await startImage('hyphens', { env, shared: network.shared });
    await accepts(container);
    const url = `postgresql://ros-user:secret@${address}/ros-db`;
    expect(await container.exec('psql', url, '-qtAc', 'select current_user, current_database()')).toBe(
      'ros-user|ros-db',
    );
    await container.signal('INT');
    expect(await container.ended).toBe(0);
  });

  test('does not start when a script of a folder fails', async () => {
    const container = await startImage('failed', {
      env: { POSTGRESQL_ADMIN_PASSWORD: 'admin' },
      mounts: [customization('start', { 'a.sh': 'psql --set=ON_ERROR_STOP=1 --command="select nothing"' })],
    });
    expect(await container.ended).not.toBe(0);
    expect(container.log()).toContain('column "nothing" does not exist');
  });

  test('also runs as UID 26, writes its log to files by default, and serves TLS with a given certificate', async () => {
    const certificates = folder();
    authority(certificates);
    serverCertificate(certificates, 'tls', ['postgresql.example.com']);
    chownSync(join(certificates, 'tls.key'), 0, 26);
    chmodSync(join(certificates, 'tls.key'), 0o440);
    const outside = join(import.meta.dirname, '../outside');
    const owners = folder();
    writeFileSync(join(owners, 'notes'), 'ofNotes');
    const container = await startImage('outside', {
      env: { POSTGRESQL_USER: 'koku', POSTGRESQL_PASSWORD: 'secret', POSTGRESQL_DATABASE: 'koku' },
      mounts: [
        mounted('/certificates', certificates),
        customization('cfg', { 'tls.conf': readFileSync(join(outside, 'tls.conf'), 'utf8') }),
        customization('start', { 'databases.sh': readFileSync(join(outside, 'databases.sh'), 'utf8') }),
        mounted('/owners', owners),
      ],
      shared: network.shared,
    });
    await accepts(container);
    expect(await container.exec('stat', '--format=%u', '/proc/1')).toBe('26');
    expect(await sql(container, 'select count(*) from pg_extension', 'koku')).toBe('2');
    expect(await sql(container, 'select count(*) from pg_extension', 'notes')).toBe('1');
    expect(await container.exec('sh', '-c', 'cat /var/lib/pgsql/data/userdata/log/postgresql-*.log')).toContain(
      'database system is ready to accept connections',
    );
    const tls = ['s_client', '-starttls', 'postgres', '-connect', `${address}:5432`, '-verify_return_error'];
    expect(await network.ask('openssl', ...tls, '-CAfile', join(certificates, 'ca.crt'))).toContain(
      'Verify return code: 0 (ok)',
    );
    await container.signal('INT');
    expect(await container.ended).toBe(0);
  });
});
