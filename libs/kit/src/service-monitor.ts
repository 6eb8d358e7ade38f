import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import type { Workload } from './vocabulary.ts';

/** Tells Prometheus to scrape each metrics port. */
export const serviceMonitor = (workload: Workload, application: string): ServiceMonitor[] =>
  workload.metrics
    ? [
        new ServiceMonitor({
          metadata: {
            name: workload.name,
            labels: labels(workload, application),
            annotations: waveAnnotation('edge'),
          },
          spec: {
            selector: { matchLabels: selectorLabels(workload.name) },
            endpoints: [{ port: workload.metrics.port, path: workload.metrics.path ?? '/metrics' }],
          },
        }),
      ]
    : [];
