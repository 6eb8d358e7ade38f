import { namespace } from '@cost-onprem/contracts';
import { podOf, runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { hasOwnServers, replacePod, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

const expect = (what: string, found: string, wanted: string): void => {
  if (found !== wanted) throw new Error(`${what}: found ${found || 'nothing'} in place of ${wanted}`);
};

const sql = (statement: string): string => `psql --quiet --tuples-only --no-align --command="${statement}" postgres`;

/** PostgreSQL's volume outlives its pod. */
export const databaseSurvives: Check = {
  title: 'PostgreSQL keeps its data when its pod is deleted, and writes its messages to the container’s log',
  stages: ['node'],
  applies: hasOwnServers,
  order: 320,
  run: async ({ kubectl }) => {
    const value = String(Date.now());
    await runInPod(kubectl, 'db-koku', sql(`create table rehearsal as select ${value} as value`));
    await replacePod(kubectl, 'db-koku');
    expect('the row that was written', await runInPod(kubectl, 'db-koku', sql('select value from rehearsal')), value);
    await runInPod(kubectl, 'db-koku', sql('drop table rehearsal'));
    const { metadata } = await podOf(kubectl, 'db-koku');
    const { out } = await kubectl.run(['logs', metadata.name, '-n', namespace]);
    if (!out.includes('database system is ready to accept connections'))
      throw new Error('the container’s log does not contain PostgreSQL’s own messages');
  },
};
