/** Runs programs of this machine in a pod's network namespace. */
import { join } from 'node:path';
import { containerd } from '../modules.ts';
import { programsFolder } from '../go-tools.ts';
import type { Pod } from '../pods.ts';
import { containerdSocket } from './configuration.ts';
import { inNode } from './namespaces.ts';

/** PIDs in the node's PID namespace, by container ID. */
export const containerProcesses = (first: number): ReadonlyMap<string, number> => {
  const ctr = [join(programsFolder(containerd), 'ctr'), '--address', containerdSocket, '-n', 'k8s.io'];
  const lines = inNode(first, [...ctr, 'tasks', 'list'])
    .trim()
    .split('\n')
    .slice(1);
  return new Map(
    lines.map((line) => {
      const [id = '', pid = ''] = line.trim().split(/\s+/);
      return [id, Number(pid)];
    }),
  );
};

/**
 * The command that runs another command in a pod's network.
 * @throws Error when the pod has no running container
 */
export const inPodNetwork = (
  processes: ReadonlyMap<string, number>,
  { metadata, status }: Pod,
  command: readonly string[],
): readonly string[] => {
  const ids = (status?.containerStatuses ?? []).map(({ containerID = '' }) => containerID.replace('containerd://', ''));
  const pid = ids.map((id) => processes.get(id)).find((found) => found !== undefined);
  if (pid === undefined) throw new Error(`pod ${metadata.name} has no running container`);
  return ['nsenter', '--target', String(pid), '--net', '--', ...command];
};
