import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Tells Prometheus to scrape each metrics port. */
export const serviceMonitor = ({ name, metrics }: Workload, application: string): ServiceMonitor[] =>
  metrics
    ? [
        new ServiceMonitor({
          metadata: { name, labels: labels(name, application), annotations: waveAnnotation('edge') },
          spec: {
            selector: { matchLabels: selectorLabels(name) },
            endpoints: [{ port: metrics.port, path: '/metrics' }],
          },
        }),
      ]
    : [];
