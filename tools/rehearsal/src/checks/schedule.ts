import { combinedWorkers, namespace, splitWorkers } from '@cost-onprem/contracts';
import { until } from '../processes.ts';
import { state } from '../stage.ts';
import type { Check } from './check.ts';

/** What Beat sends most often, and to which queue (facts/koku.md §2.6). */
const task = 'masu.celery.tasks.trigger_delayed_tasks';
const queue = 'download';

const isDone = (log: string): boolean => new RegExp(String.raw`Task ${task}\[[^\]]*\] succeeded`).test(log);

/** Without Beat nothing old is ever removed, and nobody notices. */
export const scheduleFires: Check = {
  title: 'Beat sends what is due, and a worker does it',
  run: async ({ kubectl, objects }) => {
    const workers = [...combinedWorkers, ...splitWorkers]
      .filter(({ name, queues }) => queues.includes(queue) && objects.some(({ metadata }) => metadata.name === name))
      .map(({ name }) => name);
    const logOf = async (workload: string): Promise<string> => {
      const selector = `app.kubernetes.io/name=${workload}`;
      return (await kubectl.run(['logs', '-l', selector, '-n', namespace, '--tail=-1'])).out;
    };
    // Its minutes are those of the clock: every fifth, in rehearsals.
    await until('a task of Beat’s', 330, state, async () => {
      const sent = await logOf('koku-celery-beat');
      const logs = await Promise.all(workers.map(logOf));
      return sent.includes(`Sending due task delayed_tasks_trigger (${task})`) && logs.some((log) => isDone(log));
    });
  },
};
