import { alert, noneReady, objectStorage, type Rules } from '@cost-onprem/contracts';

/** Rules of the embedded object store. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostObjectStoreDown',
      severity: 'critical',
      expression: noneReady(objectStorage.s3.workload),
      lasts: '2m',
      summary: 'The embedded object store is down',
      description:
        'Koku processes no uploads. The repair announces the dropped ones again afterwards. Reports still work.',
    }),
  ],
};
