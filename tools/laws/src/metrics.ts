/** What Prometheus is told to scrape is there. */
import { at, identity } from '../../manifests/src/manifest.ts';
import type { Law } from './law.ts';
import { selectablePods, selectsLabels } from './selectors.ts';

/** Each port that a ServiceMonitor names is one of its pods. Another law checks that Prometheus is let in. */
export const metricsScraped: Law = (objects) => {
  const pods = selectablePods(objects);
  return objects
    .filter(({ kind }) => kind === 'ServiceMonitor')
    .flatMap((monitor) => {
      const names = pods
        .filter(({ labels }) => selectsLabels(at(monitor.spec, 'selector'), labels))
        .flatMap(({ containers }) => containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name)));
      return ((at(monitor.spec, 'endpoints') ?? []) as readonly unknown[])
        .map((endpoint) => String(at(endpoint, 'port')))
        .filter((port) => !names.includes(port))
        .map((port) => ({
          object: identity(monitor),
          sentence: `scrapes port ${port}; its pods have ${names.join(', ') || 'none'}`,
        }));
    });
};
