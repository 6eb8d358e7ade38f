/** Pauses summaries, so that something can happen to a worker meanwhile. */
import { dbKoku } from '@cost-onprem/contracts';
import type { Manifest } from '../../../tools/manifests/src/manifest.ts';
import { organisation } from '../../../tools/rehearsal/src/checks/index.ts';
import { runInPod, state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';

const table = `org${organisation.id}.reporting_ocp_pod_summary_p`;

/** The task that computes a month's totals. */
export const summaryTask = 'masu.processor.tasks.update_summary_tables';

/** The workload that summarises: the worker of the queue `ocp`, which the layout decides. */
export const summarizer = (objects: readonly Manifest[]): string =>
  objects.some(({ metadata }) => metadata.name === 'koku-celery-worker-ocp')
    ? 'koku-celery-worker-ocp'
    : 'koku-celery-worker-summary';

const psql = (kubectl: Kubectl, statement: string): Promise<string> =>
  runInPod(
    kubectl,
    dbKoku.endpoint.workload,
    `psql --quiet --tuples-only --no-align --dbname=koku --command="${statement}"`,
  );

/** Locks the table that every summary writes, so that a summary starts and does not end. */
export const holdSummaries = (kubectl: Kubectl, seconds: number): Promise<string> =>
  psql(kubectl, `begin; lock table ${table} in access exclusive mode; select pg_sleep(${seconds}); commit`);

/** Waits until a summary waits for the table. */
export const summaryHeld = (kubectl: Kubectl, seconds: number): Promise<void> =>
  until('the summary', seconds, state, async () => {
    return (await psql(kubectl, 'select count(*) > 0 from pg_locks where not granted')) === 't';
  });
