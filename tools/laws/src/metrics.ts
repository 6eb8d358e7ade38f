/** What Prometheus is told to scrape is there, and Prometheus is let in. */
import { domain } from '@cost-onprem/kit/labels';
import { at, identity, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { Finding, Law } from './law.ts';

type Labels = Readonly<Record<string, string>>;

/** The label of pods that Prometheus may scrape, by which a platform's policy selects them. */
const scraped = `${domain}/metrics`;

const matches = (selector: unknown, labels: Labels): boolean =>
  Object.entries((selector ?? {}) as Labels).every(([key, value]) => labels[key] === value);

/** Names of the ports at which platforms admit Prometheus; undefined where no platform has such a policy. */
const admitted = (objects: readonly Manifest[]): readonly unknown[] | undefined => {
  const policies = objects.filter(
    ({ kind, spec }) => kind === 'NetworkPolicy' && at(spec, 'podSelector', 'matchLabels', scraped) === 'true',
  );
  return policies.length === 0
    ? undefined
    : policies
        .flatMap(({ spec }) => (at(spec, 'ingress') ?? []) as readonly unknown[])
        .flatMap((rule) => (at(rule, 'ports') ?? []) as readonly unknown[])
        .map((port) => at(port, 'port'));
};

/** Each port that a ServiceMonitor names is one of its pods, and one at which the platform admits Prometheus. */
export const metricsScraped: Law = (objects) => {
  const open = admitted(objects);
  return objects
    .filter(({ kind }) => kind === 'ServiceMonitor')
    .flatMap((monitor): readonly Finding[] => {
      const pods = objects
        .flatMap((object) => podTemplateOf(object) ?? [])
        .filter(({ metadata }) => matches(at(monitor.spec, 'selector', 'matchLabels'), metadata?.labels ?? {}));
      const names = pods.flatMap(({ spec }) =>
        (spec.containers ?? []).flatMap(({ ports = [] }) => ports.map(({ name }) => name)),
      );
      return ((at(monitor.spec, 'endpoints') ?? []) as readonly unknown[])
        .map((endpoint) => String(at(endpoint, 'port')))
        .flatMap((port): readonly Finding[] => {
          const object = identity(monitor);
          if (!names.includes(port)) {
            return [{ object, sentence: `scrapes port ${port}; its pods have ${names.join(', ') || 'none'}` }];
          }
          return open === undefined || open.includes(port)
            ? []
            : [
                {
                  object,
                  sentence: `scrapes port ${port}, at which no policy admits Prometheus: add the name to allow-prometheus in overlays/platforms`,
                },
              ];
        });
    });
};
