/** Where the parts of a stage are and listen; everything is on loopback. */
import { join } from 'node:path';
import { cacheFolder } from '../../repository/src/repository.ts';

/** Folder of the running stage: keys, data, logs, the list of its processes. */
export const state = join(cacheFolder, 'rehearsal', 'stage');

/** The stage's own kubeconfig; nobody's ~/.kube/config is touched. */
export const kubeconfig = join(state, 'kubeconfig');

const first = Number(process.env['COST_ONPREM_REHEARSAL_PORT'] ?? 26_000);

const names = [
  'etcd',
  'etcdPeer',
  'apiServer',
  'controllerManager',
  'scheduler',
  'kwok',
  'redis',
  'repoServer',
  'repoServerMetrics',
  'controllerMetrics',
  'applicationSetMetrics',
  'applicationSetProbe',
  'applicationSetWebhook',
] as const;

/** TCP ports, from COST_ONPREM_REHEARSAL_PORT (26000) upwards. */
export const ports = Object.fromEntries(names.map((name, index) => [name, first + index])) as Readonly<
  Record<(typeof names)[number], number>
>;

/** `127.0.0.1:<port>` */
export const address = (name: keyof typeof ports): string => `127.0.0.1:${ports[name]}`;
