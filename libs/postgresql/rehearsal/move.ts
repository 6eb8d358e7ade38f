import { dbKoku, namespace } from '@cost-onprem/contracts';
import { assertAllReady, commitChange, withOption } from '../../../tools/rehearsal/src/argo-cd/index.ts';
import { outside, startExternalServers } from '../../../tools/rehearsal/src/external-servers/index.ts';
import { kubeconfig, kubectlProgram, runInPod, state, until } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { hasOwnServers, runSection, type Check, type Rehearsed } from '../../../tools/rehearsal/src/checks/index.ts';
import { hasReplica } from './replica.ts';

const backup = 'backup.md';
const page = 'move-database.md';

/** The administrator of the external server works on the server itself. */
const external = (): string =>
  `external() { '${kubectlProgram()}' --kubeconfig='${kubeconfig}' exec --stdin --namespace=${outside} \\
    deployment/postgresql -- env PGUSER=koku PGDATABASE=koku "$@"; }`;

const addresses = [dbKoku.address, dbKoku.replica.address].map(({ configMap }) => configMap.name);

const settings = addresses
  .map((name) => `  - name: ${name}\n    behavior: merge\n    literals: [host=postgresql.example.com]\n`)
  .join('');

const question = `import json, os, psycopg2
e = os.environ
cursor = psycopg2.connect(host=e["DATABASE_SERVICE_HOST"], dbname=e["DATABASE_NAME"], user=e["DATABASE_USER"],
    password=e["DATABASE_PASSWORD"]).cursor()
cursor.execute("select host(inet_server_addr()), count(*) || ' rows, sum ' || sum(id) from rehearsal group by 1")
print(json.dumps(dict(zip(("server", "contents"), cursor.fetchone()))))`;

/** What a client finds. */
interface Seen {
  readonly server: string;
  readonly contents: string;
}

/** What a pod of Koku finds in the database that its settings name: the server's address, and the rows. */
const asked = async ({ kubectl }: Rehearsed): Promise<Seen> => {
  const exec = ['exec', 'deployment/koku-masu', '-n', namespace, '-c', 'koku', '--'];
  return JSON.parse((await kubectl.run([...exec, 'python3', '-c', question])).out) as Seen;
};

/** The commands of the page, both ways. */
export const databaseMoves: Check = {
  title: 'the database moves to an external server and back by the commands of the page, and keeps its rows',
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && !hasReplica(rehearsed),
  order: 595,
  long: true,
  run: async (rehearsed) => {
    const { kubectl, cluster } = rehearsed;
    const file = `clusters/${cluster}/kustomization.yaml`;
    const seen: Seen[] = [];
    const look = async () => void seen.push(await asked(rehearsed));
    const own = `psql --quiet koku --command='set role koku; drop table if exists rehearsal;
      create table rehearsal as select generate_series(1, 1000) as id'`;
    await runInPod(kubectl, 'db-koku', own);
    try {
      await startExternalServers(kubectl, ['postgresql']);
      await look();

      await runSection(rehearsed, backup, 'Stop');
      await runSection(rehearsed, page, 'Copy outside', external());
      let before = '';
      commitChange(file, 'Move the database outside', (text) => {
        before = text;
        return withOption('external-postgresql')(text) + settings;
      });
      await runSection(rehearsed, page, 'Switch outside');
      await look();
      await runSection(rehearsed, page, 'Delete our server');

      await runSection(rehearsed, backup, 'Stop');
      await runSection(rehearsed, page, 'Copy back', external());
      commitChange(file, 'Move the database back', () => before);
      await runSection(rehearsed, page, 'Create our server');
      await runSection(rehearsed, backup, 'Restore the database');
      await runSection(rehearsed, backup, 'Start');
      await look();
      await until('all pods’ readiness', 120, state, async () => assertAllReady(kubectl).then(() => true));
    } finally {
      await kubectl.run(['delete', 'namespace', outside, '--ignore-not-found']);
    }

    const [first, elsewhere, last] = seen;
    const same = seen.every(({ contents }) => contents === first?.contents);
    if (!same || elsewhere?.server === first?.server || elsewhere?.server === last?.server)
      throw new Error(`before, outside and back, a client saw ${JSON.stringify(seen)}`);
  },
};
