import { Service } from 'kubernetes-models/v1';
import { serviceWave, waveAnnotation } from './argo-cd.ts';
import { labels, selectorLabels } from './labels.ts';
import { portsOf } from './sidecars.ts';
import { clientPort, type Workload } from './vocabulary.ts';

/** One Service for each workload that listens. Its selector matches only that workload. */
export const service = (workload: Workload, application: string): Service[] => {
  const ports = portsOf(workload);
  if (ports.length === 0) return [];
  return [
    new Service({
      metadata: {
        name: workload.name,
        labels: labels(workload, application),
        annotations: waveAnnotation(serviceWave(workload)),
      },
      spec: {
        selector: selectorLabels(workload.name),
        ports: ports.map((to) => ({ name: to.port, port: clientPort(to), targetPort: to.port, protocol: 'TCP' })),
      },
    }),
  ];
};
