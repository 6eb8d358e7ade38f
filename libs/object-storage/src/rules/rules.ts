import { alert, noneReady, objectStorage, type Rules } from '@cost-onprem/contracts';

/** What is wrong with the embedded object store. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostObjectStoreDown',
      severity: 'critical',
      expression: noneReady(objectStorage.s3.workload),
      lasts: '2m',
      summary: 'The embedded object store is down',
      description: 'No upload is processed; the repair has it done afterwards. Reports still answer.',
    }),
  ],
};
