import type { Connection, Endpoint, Purpose, Role, Workload } from './vocabulary.ts';

/** Domain of the labels and annotations that are this project's own. */
export const domain = 'cost-onprem';

/** Labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/**
 * What selectors hold, and nothing else: a live cluster refuses every later change of a selector
 * (tools/documentation/facts/kubernetes.md#selectors-never-change).
 */
export const selectorLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': domain,
});

/** The label of what is there for one purpose alone, and goes with it. */
export const onlyForLabel = (purpose: Purpose): Labels => ({ [`${domain}/only-for`]: purpose });

/** The label of a server of our own, and of what goes with it. */
export const roleLabel = (role: Role): Labels => ({ [`${domain}/role`]: role });

/** The label of a path to such a server, which stays where an external one takes its place. */
export const reachesRoleLabel = (role: Role): Labels => ({ [`${domain}/reaches-role`]: role });

/** Labels of an object: the selector's, and what patches select by: its application, what it is there for, its role. */
export const labels = (
  { name, onlyFor, role }: Pick<Workload, 'name' | 'onlyFor' | 'role'>,
  application: string,
): Labels => ({
  ...selectorLabels(name),
  'app.kubernetes.io/component': application,
  ...(onlyFor && onlyForLabel(onlyFor)),
  ...(role && roleLabel(role)),
});

/** The label by which policies join: who bears it may open this endpoint. */
export const reachesLabel = (to: Endpoint): string => `reaches.${domain}/${to.workload}.${to.port}`;

/** The labels of all endpoints that some connections reach. */
export const reachesLabels = (connects: readonly Connection[]): Labels =>
  Object.fromEntries(connects.map(({ to }) => [reachesLabel(to), 'true']));

/** Labels of a workload's pods: also what they reach, and whether Prometheus may scrape them. */
export const podLabels = (workload: Workload, application: string): Labels => ({
  ...labels(workload, application),
  ...reachesLabels(workload.connects ?? []),
  ...(workload.metrics && { [`${domain}/metrics`]: 'true' }),
});
