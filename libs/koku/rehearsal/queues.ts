import { kokuApiWrites, kokuQueues, optionalKokuQueues } from '@cost-onprem/contracts';
import { runInPod } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import type { Check } from '../../../tools/rehearsal/src/checks/index.ts';

/** Celery itself is asked; in a pod with more processor time than a worker has, for the question takes it eight seconds. */
const ask =
  'cd /opt/koku && PYTHONPATH=koku celery -A koku inspect active_queues --json --timeout=15 2>/dev/null | tail -n 1';

interface Consumed {
  readonly name: string;
}

/** Queues that a worker takes in every cluster. */
export const takenQueues = kokuQueues.filter((queue) => !optionalKokuQueues.includes(queue));

/** A task in a queue that nobody takes waits for ever, and nobody is told. */
export const queuesTaken: Check = {
  title: 'every queue of Koku’s is taken by a running worker, and no worker takes one that is none',
  stages: ['node'],
  order: 210,
  run: async ({ kubectl }) => {
    const answer = await runInPod(kubectl, kokuApiWrites.http.workload, ask);
    const workers = JSON.parse(answer) as Readonly<Record<string, readonly Consumed[]>>;
    const taken = new Set(Object.values(workers).flatMap((queues) => queues.map(({ name }) => name)));
    const lonely = takenQueues.filter((queue) => !taken.has(queue));
    const unknown = [...taken].filter((queue) => !kokuQueues.includes(queue));
    if (lonely.length > 0) throw new Error(`nobody takes ${lonely.join(', ')}`);
    if (unknown.length > 0) throw new Error(`a worker takes ${unknown.join(', ')}, which Koku does not have`);
    console.log(`         ${taken.size} queues, ${Object.keys(workers).length} workers`);
  },
};
