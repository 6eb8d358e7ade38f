/** Every task of Koku needs a worker, because a task without one waits forever and no error reports it. */
import { kokuQueues, optionalKokuQueues } from '@cost-onprem/contracts';
import { at, containersOf, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';
import { kokuWorkerQueues } from '../../../libs/koku/src/worker-queues.ts';

const variable = 'WORKER_QUEUES';

/** The queues in a worker's variable, set directly or through its ConfigMap. */
const queuesOf = (object: Manifest, objects: readonly Manifest[]): readonly string[] | undefined => {
  const pod = podTemplateOf(object)?.spec;
  const declared = pod && containersOf(pod).flatMap(({ env = [] }) => env.filter(({ name }) => name === variable))[0];
  if (!declared) return undefined;
  const reference = at(declared, 'valueFrom', 'configMapKeyRef') as { name: string; key: string } | undefined;
  const configMap = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === reference?.name);
  return (declared.value ?? configMap?.data?.[reference?.key ?? ''] ?? '').split(',').filter(Boolean);
};

/** Every queue that the application fills has a running consumer, and no worker waits at an unused queue. */
export const queuesConsumed: Law = (objects) => {
  const workers = objects.flatMap((object) => {
    const queues = queuesOf(object, objects);
    return queues ? [{ object, queues, runs: Number(at(object.spec, 'replicas') ?? 1) > 0 }] : [];
  });
  if (workers.length === 0) return [];
  const consumed = new Set(workers.filter(({ runs }) => runs).flatMap(({ queues }) => queues));
  const lonely = kokuQueues.filter((queue) => !consumed.has(queue) && !optionalKokuQueues.includes(queue));
  return [
    ...lonely.map((queue) => {
      const taker = workers.find(({ queues }) => queues.includes(queue));
      return taker
        ? {
            object: identity(taker.object),
            sentence: `takes the queue ${queue}, as no other worker does, and has 0 replicas`,
          }
        : { object: `ConfigMap/${kokuWorkerQueues.name}`, sentence: `gives the queue ${queue} to no worker` };
    }),
    ...workers.flatMap(({ object, queues }) =>
      queues
        .filter((queue) => !kokuQueues.includes(queue))
        .map((queue) => ({
          object: identity(object),
          sentence: `takes the queue ${queue}, which Koku does not have; there are ${kokuQueues.join(', ')}`,
        })),
    ),
  ];
};
