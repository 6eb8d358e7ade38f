import { kokuApiWrites, kokuQueues, optionalKokuQueues } from '@cost-onprem/contracts';
import { runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import type { Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** Asks Celery itself, in a pod with more processor time than a worker has, where this command would take eight seconds. */
const ask =
  'cd /opt/koku && PYTHONPATH=koku celery -A koku inspect active_queues --json --timeout=15 2>/dev/null | tail -n 1';

interface Consumed {
  readonly name: string;
}

/** Queues that have a worker in every cluster. */
export const takenQueues = kokuQueues.filter((queue) => !optionalKokuQueues.includes(queue));

/** A task in a queue without a worker waits forever, and no error reports it. */
export const queuesTaken: Check = {
  title: 'a running worker takes every queue of Koku, and no worker takes an unknown queue',
  stages: ['node'],
  order: 210,
  run: async ({ kubectl }) => {
    const answer = await runInPod(kubectl, kokuApiWrites.http.workload, ask);
    const workers = JSON.parse(answer) as Readonly<Record<string, readonly Consumed[]>>;
    const taken = new Set(Object.values(workers).flatMap((queues) => queues.map(({ name }) => name)));
    const lonely = takenQueues.filter((queue) => !taken.has(queue));
    const unknown = [...taken].filter((queue) => !kokuQueues.includes(queue));
    if (lonely.length > 0) throw new Error(`no worker takes ${lonely.join(', ')}`);
    if (unknown.length > 0) throw new Error(`a worker takes ${unknown.join(', ')}, which Koku does not have`);
    console.log(`         ${taken.size} queues, ${Object.keys(workers).length} workers`);
  },
};
