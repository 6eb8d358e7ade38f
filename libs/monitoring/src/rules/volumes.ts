import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const available = series('kubelet_volume_stats_available_bytes');

/** The free share of a volume. */
export const free = `${available} / ${series('kubelet_volume_stats_capacity_bytes')}`;

/** Alerts on the volumes of the database, the cache, Kafka and the embedded object store. */
export const volumes: readonly Rule[] = [
  alert({
    alert: 'CostVolumeNearlyFull',
    severity: 'critical',
    expression: `${free} < 0.1`,
    lasts: '5m',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} is nearly full',
    description: '{{ $value | humanizePercentage }} is free. A full volume stops its server.',
  }),
  alert({
    alert: 'CostVolumeFills',
    severity: 'warning',
    // Four days, so that an operator sees it in time even over a long weekend.
    expression: `${free} < 0.4 and predict_linear(${available}[6h], 4 * 24 * 3600) < 0`,
    lasts: '1h',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} will be full within four days',
    description: '{{ $value | humanizePercentage }} is free. A full volume stops its server.',
  }),
];
