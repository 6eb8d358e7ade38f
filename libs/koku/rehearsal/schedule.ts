import { combinedWorkers, namespace, splitWorkers } from '@cost-onprem/contracts';
import { state, until } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { hasOwnServers, type Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** Beat's most frequent task (tools/documentation/facts/koku.md#beats-schedule). */
const task = 'masu.celery.tasks.trigger_delayed_tasks';

const sent = `Sending due task delayed_tasks_trigger (${task})`;
const done = new RegExp(String.raw`Task ${task}\[[^\]]*\] succeeded`);

/** Without Beat, Koku never removes old data, and no error reports it. */
export const scheduleFires: Check = {
  title: 'Beat sends a due task, and a worker executes it',
  stages: ['node'],
  applies: hasOwnServers,
  order: 500,
  run: async ({ kubectl }) => {
    const logOf = async (...workloads: readonly string[]): Promise<string> => {
      const selector = `app.kubernetes.io/name in (${workloads.join(',')})`;
      return (await kubectl.run(['logs', '-l', selector, '-n', namespace, '--tail=-1', '--max-log-requests=99'])).out;
    };
    // The schedule uses the minutes of the clock: every fifth, in rehearsals.
    await until('a task of Beat’s', 330, state, async () => (await logOf('koku-celery-beat')).includes(sent));
    // Koku chooses the queue: the task's declaration names another queue than Koku uses.
    const workers = [...combinedWorkers, ...splitWorkers].map(({ name }) => name);
    await until('the execution by a worker', 60, state, async () => done.test(await logOf(...workers)));
  },
};
