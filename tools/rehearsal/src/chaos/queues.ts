/** Queues that a worker takes in every cluster. */
import { kokuQueues, optionalKokuQueues } from '@cost-onprem/contracts';

export const takenQueues = kokuQueues.filter((queue) => !optionalKokuQueues.includes(queue));
