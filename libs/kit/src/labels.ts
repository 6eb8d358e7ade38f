import type { Endpoint, Workload } from './vocabulary.ts';

/** Domain of the labels and annotations that are this project's own. */
export const domain = 'cost-onprem';

/** Labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/**
 * What selectors hold, and nothing else: a live cluster refuses every later change of a selector
 * (architecture.md, What a live cluster refuses).
 */
export const selectorLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': domain,
});

/** Labels of an object: the selector's, and which application it belongs to, so that patches can select by it. */
export const labels = (name: string, application: string): Labels => ({
  ...selectorLabels(name),
  'app.kubernetes.io/component': application,
});

/** The label by which policies join: who bears it may open this endpoint. */
export const reachesLabel = (to: Endpoint): string => `reaches.${domain}/${to.workload}.${to.port}`;

/** Labels of a workload's pods: also what they reach, and whether Prometheus may scrape them. */
export const podLabels = ({ name, connects = [], metrics }: Workload, application: string): Labels => ({
  ...labels(name, application),
  ...Object.fromEntries(connects.map(({ to }) => [reachesLabel(to), 'true'])),
  ...(metrics && { [`${domain}/metrics`]: 'true' }),
});
