import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { dbKoku, namespace } from '@cost-onprem/contracts';
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { organisation } from '../gateway.ts';
import type { Kubectl } from '../kubectl.ts';
import { costOf } from '../payload/cost.ts';
import { makePayload } from '../payload/nise.ts';
import { reportedDays } from '../payload/reports.ts';
import { upload } from '../payload/upload.ts';
import { podOf, runInPod, type Pod } from '../pods.ts';
import { until } from '../processes.ts';
import { state } from '../stage.ts';
import type { Check } from './check.ts';
import { makeSource, rates, waitForCost } from './payload.ts';

const table = `org${organisation.id}.reporting_ocp_pod_summary_p`;
const task = 'masu.processor.tasks.update_summary_tables';

/** Who summarises: the worker of the queue `ocp`, which the layout decides. */
const summarizer = (objects: readonly Manifest[]): string =>
  objects.some(({ metadata }) => metadata.name === 'koku-celery-worker-ocp')
    ? 'koku-celery-worker-ocp'
    : 'koku-celery-worker-summary';

const psql = (kubectl: Kubectl, statement: string): Promise<string> =>
  runInPod(
    kubectl,
    dbKoku.postgres.workload,
    `psql --quiet --tuples-only --no-align --dbname=koku --command="${statement}"`,
  );

/** Holds the table that every summary writes, so that a summary begins and does not end. */
const holdSummaries = (kubectl: Kubectl, seconds: number): Promise<string> =>
  psql(kubectl, `begin; lock table ${table} in access exclusive mode; select pg_sleep(${seconds}); commit`);

const isHeld = async (kubectl: Kubectl): Promise<boolean> =>
  (await psql(kubectl, `select count(*) > 0 from pg_locks where not granted`)) === 't';

const logOf = async (kubectl: Kubectl, { metadata }: Pod): Promise<string> =>
  (await kubectl.run(['logs', '--follow', metadata.name, '-n', namespace, '--all-containers'])).out;

/** A roll-out in the middle of the month's summaries must lose none: there is no late acknowledgement. */
export const workerFinishes: Check = {
  title: 'a worker that is told to stop in the middle of a summary finishes it, and nothing is done twice',
  run: async ({ kubectl, objects }) => {
    const days = reportedDays(new Date());
    const clusterId = randomUUID();
    await makeSource(kubectl, clusterId);
    const payload = makePayload(clusterId, days);
    const workload = summarizer(objects);
    const old = await podOf(kubectl, workload);
    const held = holdSummaries(kubectl, 60);
    const said = await upload(kubectl, payload.archive, 60);
    if (said !== 'success') throw new Error(`the listener says ${said} of a payload`);
    await until('the summary', 45, state, () => isHeld(kubectl));
    const log = logOf(kubectl, old);
    await kubectl.run(['delete', 'pod', old.metadata.name, '-n', namespace, '--wait=false']);
    await held;
    const ended = await Promise.race([log, sleep(120_000)]);
    if (ended === undefined) throw new Error('the worker goes on two minutes after its task could end');
    const stopping = ended.slice(ended.search(/warm shutdown/i));
    if (!new RegExp(String.raw`${task}\[[^\]]*\] succeeded`).test(stopping))
      throw new Error(`the worker did not finish its task: ${ended.split('\n').slice(-5).join(' | ')}`);
    await waitForCost(kubectl, clusterId, days, costOf(payload.reports, rates), 120);
    const { out } = await kubectl.run(['logs', (await podOf(kubectl, workload)).metadata.name, '-n', namespace]);
    if (out.includes(`Task ${task}[`)) throw new Error('the next pod did the same task again');
  },
};
