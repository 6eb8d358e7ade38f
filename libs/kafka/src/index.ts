import { application } from '@cost-onprem/kit';
import { kafka } from './kafka.ts';

/** Kafka, where the cluster runs its own. */
export default application({ name: 'kafka', bases: { 'single-node': { workloads: [kafka] } } });
