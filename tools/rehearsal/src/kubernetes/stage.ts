/** Folders and addresses of a stage: on the loopback, and between this machine and the real node. */
import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';

/** The stages: one without containers, and one whose node runs them. */
export const stageNames = ['control-plane', 'node'] as const;
export type StageName = (typeof stageNames)[number];

/** Folder of the running stage: keys, data, logs, the list of its processes. */
export const state = join(cacheFolder, 'rehearsal', 'stage');

/** The stage's own kubeconfig; ~/.kube/config does not change. */
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

/** Ranges of addresses inside the cluster, the same as kubeadm's. */
export const ranges = { services: '10.96.0.0/16', pods: '10.244.0.0/16' } as const;

/** Addresses of Services that every cluster has. */
export const serviceAddresses = { apiServer: '10.96.0.1', dns: '10.96.0.10' } as const;

/** The node, and the point-to-point link between it and this machine. */
export const node = {
  name: 'stage',
  link: 'cost-rehearsal',
  machine: '172.30.255.1',
  address: '172.30.255.2',
} as const;
