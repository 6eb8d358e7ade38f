import { alert, series, type Rules } from '@cost-onprem/contracts';

/** The cache's rules, for our own and for an external one. */
export const rules: Rules = {
  queues: [
    alert({
      alert: 'CostCacheDown',
      severity: 'critical',
      expression: `${series('redis_up')} == 0`,
      lasts: '2m',
      summary: 'The cache, which holds the queues, does not answer',
      description: 'Koku processes no uploads. The repair makes up for it afterwards. Reports still work.',
    }),
    alert({
      alert: 'CostCacheRefusesWrites',
      severity: 'critical',
      // OOM: the memory is full of keys that the cache must not evict. MISCONF: it cannot write to its disk.
      expression: `increase(${series('redis_errors_total', { err: ['OOM', 'MISCONF'] })}[10m]) > 0`,
      lasts: '5m',
      summary: 'The cache refuses writes: {{ $labels.err }}',
      description: 'Koku cannot queue tasks, so it processes no uploads. The repair makes up for it afterwards.',
    }),
  ],
};
