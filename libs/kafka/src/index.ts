import { kafkaCredentials } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { kafka } from './kafka.ts';
import { policies } from './strimzi-policies.ts';
import { strimzi } from './strimzi.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** A single Kafka server, Strimzi's Kafka, and the credentials for an external Kafka. */
export default application({
  name: 'kafka',
  bases: {
    'single-node': { workloads: [kafka] },
    strimzi: { workloads: [], objects: { ...strimzi, 'network-policies': policies } },
    credentials: { workloads: [], asksFor: [kafkaCredentials] },
  },
  rules,
  runbook,
});
