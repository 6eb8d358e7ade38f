import { alert, consumerGroups, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const { group: consumergroup, topic } = consumerGroups['koku-sources-listener'];
const group = { consumergroup, topic };

/** An alert on the listener that follows sources-api. */
export const sources: readonly Rule[] = [
  alert({
    alert: 'CostSourcesListenerStuck',
    severity: 'warning',
    expression: `sum by (namespace) (${series('kafka_consumergroup_lag', group)}) > 0
and sum by (namespace) (delta(${series('kafka_consumergroup_current_offset', group)}[30m])) == 0`,
    lasts: '30m',
    summary: '{{ $value }} changes of sources wait, but koku-sources-listener finishes none',
    description: 'Koku does not know new sources, and keeps removed ones.',
  }),
];
