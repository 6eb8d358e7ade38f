/** Faults as series, and the alerts that must fire for each. */
import { monitoringFaults } from './faults/monitoring.ts';
import { recommendationFaults } from './faults/recommendations.ts';
import { serverFaults } from './faults/servers.ts';
import { workFaults } from './faults/work.ts';
import { workloadFaults } from './faults/workloads.ts';

export type { Case } from './faults/case.ts';
export { harmless } from './faults/harmless.ts';

/** Each must fire its alerts. */
export const faults = [...workloadFaults, ...serverFaults, ...workFaults, ...recommendationFaults, ...monitoringFaults];
