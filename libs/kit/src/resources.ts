import { cpu, memory } from './quantity.ts';
import type { Bounds, PodSize } from './size.ts';

/**
 * Requests and limits of one container, in Kubernetes' notation.
 * @param storage how much it may write to the disk of its node, in Mi
 */
export const resources = ({ millicores, mebibytes }: PodSize, storage: Bounds) => {
  const amounts = (bound: 0 | 1) => ({
    cpu: cpu(millicores[bound]),
    memory: memory(mebibytes[bound]),
    'ephemeral-storage': memory(storage[bound]),
  });
  return { requests: amounts(0), limits: amounts(1) };
};
