import { alert, series } from '@cost-onprem/contracts';
import type { Rule } from '@cost-onprem/kit';

const available = series('kubelet_volume_stats_available_bytes');

/** Share of a volume that is free. */
export const free = `${available} / ${series('kubelet_volume_stats_capacity_bytes')}`;

/** Disks: of the database, the cache, Kafka and the embedded object store. */
export const volumes: readonly Rule[] = [
  alert({
    alert: 'CostVolumeNearlyFull',
    severity: 'critical',
    expression: `${free} < 0.1`,
    lasts: '5m',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} is nearly full',
    description: '{{ $value | humanizePercentage }} are free. A full disk stops what writes to it.',
  }),
  alert({
    alert: 'CostVolumeFills',
    severity: 'warning',
    // Four days: somebody is there, also after a long weekend.
    expression: `${free} < 0.4 and predict_linear(${available}[6h], 4 * 24 * 3600) < 0`,
    lasts: '1h',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} will be full within four days',
    description: '{{ $value | humanizePercentage }} are free. A full disk stops what writes to it.',
  }),
];
