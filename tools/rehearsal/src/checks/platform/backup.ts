import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kokuMasu, namespace } from '@cost-onprem/contracts';
import { runInPod, state, until } from '../../kubernetes/index.ts';
import { assertAllReady } from '../../argo-cd/index.ts';
import { hasOwnServers, isPlayed, type Check, type Rehearsed } from '../check.ts';
import { runSection } from '../page.ts';

const page = 'backup.md';

const program = readFileSync(join(import.meta.dirname, '../programs/objects.py'), 'utf8');

/** Does a task with the bucket, and returns what is in it: keys, metadata, hashes. */
const objects = async ({ kubectl }: Rehearsed, task: object): Promise<string> => {
  const exec = ['exec', '--stdin', `deployment/${kokuMasu.http.workload}`, '-n', namespace, '-c', 'koku', '--'];
  return (await kubectl.run([...exec, 'python3', '-c', program], JSON.stringify(task))).out.trim();
};

/** Runs SQL as the superuser. */
const sql = ({ kubectl }: Rehearsed, database: string, statement: string): Promise<string> =>
  runInPod(kubectl, 'db-koku', `psql --quiet --tuples-only --no-align --command="${statement}" ${database}`);

/**
 * A plain dump of the whole database: each row, owner and right. Since 16.10 it contains a random word (`\restrict`).
 */
const dump = ({ kubectl }: Rehearsed): Promise<string> =>
  runInPod(kubectl, 'db-koku', `pg_dump "$POSTGRESQL_DATABASE" | grep -v '^.\\(un\\)\\?restrict ' | sha256sum`);

const equal = (what: string, before: string, after: string): void => {
  if (before !== after) throw new Error(`${what} differ after the restore: ${before} became ${after}`);
};

const databaseOf = ({ kubectl }: Rehearsed): Promise<string> =>
  runInPod(kubectl, 'db-koku', 'echo "$POSTGRESQL_DATABASE"');

const contents = async (rehearsed: Rehearsed) => ({
  database: await dump(rehearsed),
  objects: await objects(rehearsed, {}),
});

/** Backs up, loses everything, restores, and compares. */
const tryBackup = async (rehearsed: Rehearsed, lose: () => Promise<void>): Promise<void> => {
  const database = await databaseOf(rehearsed);
  const rows = 'select id, md5(id::text) from generate_series(1, 10000) id';
  await sql(rehearsed, database, `drop table if exists rehearsal; create table rehearsal as ${rows}`);
  // More than boto3 reads at once, and a key that ends in a slash.
  await objects(rehearsed, { write: { 'data/large': 'cost,'.repeat(4_000_000), 'data/folder/': '' } });
  const before = await contents(rehearsed);
  await runSection(rehearsed, page, 'Back up');
  await lose();
  // What is not in the backup goes.
  await objects(rehearsed, { write: { 'data/after': 'the backup' } });
  await runSection(rehearsed, page, 'Restore the database');
  await runSection(rehearsed, page, 'Restore the buckets');
  const after = await contents(rehearsed);
  equal('the databases', before.database, after.database);
  equal('the objects', before.objects, after.objects);
};

const recovery = ({ kubectl }: Rehearsed): Promise<void> =>
  until('all pods’ readiness', 120, state, async () => assertAllReady(kubectl).then(() => true));

/** The understudies do not write, so they need not stop. */
export const backupRestores: Check = {
  title: 'database and bucket are the same after a backup, the loss of both, and a restore by the commands of the page',
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && isPlayed(rehearsed, 'koku'),
  order: 590,
  run: async (rehearsed) => {
    await tryBackup(rehearsed, async () => {
      await sql(rehearsed, 'postgres', `drop database \\"${await databaseOf(rehearsed)}\\" with (force)`);
      await objects(rehearsed, { empty: true });
    });
    await recovery(rehearsed);
  },
};

const servers = ['db-koku', 'object-storage'] as const;

/** Loss of the disks: Argo CD makes an empty platform, which then stops, gets its data, and starts. */
export const disksRestored: Check = {
  title: 'after the loss of the disks, an empty platform gets the data of the backup by the commands of the page',
  stages: ['node'],
  applies: hasOwnServers,
  order: 590,
  long: true,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    await tryBackup(rehearsed, async () => {
      await runSection(rehearsed, page, 'Stop');
      const lost = servers.flatMap((name) => [`statefulset/${name}`, `persistentvolumeclaim/${name}-data`]);
      await kubectl.run(['delete', ...lost, '-n', namespace, '--cascade=foreground']);
      await runSection(rehearsed, page, 'Start');
      await runSection(rehearsed, page, 'Stop');
    });
    await runSection(rehearsed, page, 'Start');
    await recovery(rehearsed);
  },
};
