/** Metrics of what is about no application of this repository. */
import { seriesOf } from '@cost-onprem/contracts';

/** Where to look a name up: the program, and in brackets the place in its source or documentation. */
export const metrics = {
  /** [insights-ingress-go, internal/upload/metrics.go and internal/queue/queue.go]; silent until ingress is part of a stack. */
  ingress: ['ingress_kafka_produce_failures', 'ingress_responses'],
  /** [pkg/metrics]; silent where certificates are not cert-manager's. */
  'cert-manager': ['certmanager_certificate_expiration_timestamp_seconds'],
} as const;

/** Selects series of a metric that is shared, or one of these. */
export const series = seriesOf(metrics);
