import type { Connection, Endpoint, Purpose, Role, Workload } from './vocabulary.ts';

/** Domain of this project's own labels and annotations. */
export const domain = 'cost-onprem';

/** Labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The only labels in selectors, because a live cluster refuses every later change of a selector
 * (tools/documentation/facts/kubernetes.md#selectors-never-change).
 */
export const selectorLabels = (name: string): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': domain,
});

/** The label of objects that have only one purpose. An option that removes the purpose removes them. */
export const onlyForLabel = (purpose: Purpose): Labels => ({ [`${domain}/only-for`]: purpose });

/** The label of one of our own servers, and of the objects that an option removes with it. */
export const roleLabel = (role: Role): Labels => ({ [`${domain}/role`]: role });

/** The label of the clients' policy for such a server. The policy stays when an external server replaces ours. */
export const reachesRoleLabel = (role: Role): Labels => ({ [`${domain}/reaches-role`]: role });

/** Labels of an object: the selector's, and for patches its application, its purpose and its role. */
export const labels = (
  { name, onlyFor, role }: Pick<Workload, 'name' | 'onlyFor' | 'role'>,
  application: string,
): Labels => ({
  ...selectorLabels(name),
  'app.kubernetes.io/component': application,
  ...(onlyFor && onlyForLabel(onlyFor)),
  ...(role && roleLabel(role)),
});

/** The label that policies select: pods with it may connect to this endpoint. */
export const reachesLabel = (to: Endpoint): string => `reaches.${domain}/${to.workload}.${to.port}`;

/** The labels of all endpoints that some connections reach. */
export const reachesLabels = (connects: readonly Connection[]): Labels =>
  Object.fromEntries(connects.map(({ to }) => [reachesLabel(to), 'true']));

/** Labels of a workload's pods: also the endpoints that they reach, and whether Prometheus may scrape them. */
export const podLabels = (workload: Workload, application: string): Labels => ({
  ...labels(workload, application),
  ...reachesLabels(workload.connects ?? []),
  ...(workload.metrics && { [`${domain}/metrics`]: 'true' }),
});
