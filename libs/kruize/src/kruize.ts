import { kruize as listens } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { environment, program, start } from './program.ts';

/** Its start takes 20 seconds of one core (tools/documentation/facts/kruize.md#start), so minutes on a busy node. */
const startup = { every: 5, timeout: 5, failures: 120 } as const;

/** A singleton, because each start changes the schema, and more replicas are slower (tools/documentation/facts/kruize.md#one-replica). */
export const kruize = workload({
  name: listens.kruize.workload,
  purpose: 'Calculates recommendations from what ROS tells it.',
  kind: 'Deployment',
  wave: 'application',
  ...program,
  command: start('exec bash target/bin/Autotune'),
  listens,
  metrics: listens.kruize,
  env: {
    ...environment,
    // The rest of the limit is for what is not heap.
    JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=70',
  },
  probes: {
    startup: { check: { get: '/health', on: listens.kruize }, ...startup },
    readiness: { check: { get: '/health', on: listens.kruize }, every: 10, timeout: 5, failures: 3 },
    liveness: { check: { get: '/health', on: listens.kruize }, every: 20, timeout: 10, failures: 6 },
  },
  singleton: true,
});
