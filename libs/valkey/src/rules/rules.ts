import { alert, series, type Rules } from '@cost-onprem/contracts';

/** What is wrong with the cache, wherever it is. */
export const rules: Rules = {
  queues: [
    alert({
      alert: 'CostCacheDown',
      severity: 'critical',
      expression: `${series('redis_up')} == 0`,
      lasts: '2m',
      summary: 'The cache, which holds the queues, does not answer',
      description: 'Nothing is processed; the repair has it done afterwards. Reports still answer.',
    }),
    alert({
      alert: 'CostCacheRefusesWrites',
      severity: 'critical',
      // OOM: full, and nothing left that may be forgotten. MISCONF: it cannot write to its disk.
      expression: `increase(${series('redis_errors_total', { err: ['OOM', 'MISCONF'] })}[10m]) > 0`,
      lasts: '5m',
      summary: 'The cache refuses writes: {{ $labels.err }}',
      description: 'Tasks cannot be queued, so nothing is processed; the repair has it done afterwards.',
    }),
  ],
};
