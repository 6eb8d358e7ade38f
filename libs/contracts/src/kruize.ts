/** Kruize, which calculates recommendations: its endpoint. */
import { endpoints } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

/**
 * One port for its clients, probes and Prometheus (tools/documentation/facts/kruize.md#port-and-paths). The port's name is
 * its own, because `allow-prometheus` opens ports by their names.
 */
export const kruize = endpoints('kruize', { kruize: 8080 });

export const kruizeContract = contract({
  singletons: [kruize.kruize.workload],
  cronJobs: ['kruize-create-partitions', 'kruize-delete-partitions'],
});
