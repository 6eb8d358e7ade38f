import { join } from 'node:path';
import { applicationNames, loadApplication } from '../../../../generators/src/outputs.ts';
import { kokuGateway } from '@cost-onprem/contracts';
import type { Kubectl } from '../kubectl.ts';
import { client, clients, removeClients } from '../node/clients.ts';
import { inNode, nodeProcess } from '../node/namespaces.ts';
import { containerProcesses, inPodNetwork } from '../node/pod-network.ts';
import { runningPods, workloadOf, type Pod } from '../pods.ts';
import type { Check } from './check.ts';

/** `client → workload:port` for every connection that an application declares, and those of the platform's own parts. */
const declared = async (): Promise<ReadonlySet<string>> => {
  const applications = await Promise.all(applicationNames().map((name) => loadApplication(name)));
  const workloads = applications.flatMap(({ bases }) => Object.values(bases).flatMap((base) => base.workloads));
  const between = workloads.flatMap(({ name, connects = [] }) =>
    connects.map(({ to }) => `${name} → ${to.workload}:${to.number}`),
  );
  const router = `router → ${kokuGateway.http.workload}:${kokuGateway.http.number}`;
  const scraped = workloads.flatMap(({ name, metrics }) => (metrics ? [`prometheus → ${name}:${metrics.number}`] : []));
  return new Set([...between, router, ...scraped]);
};

interface Target {
  readonly address: string;
  readonly name: string;
}

/** Every port of every pod that a container names. */
const targetsOf = (pods: readonly Pod[]): readonly Target[] =>
  pods.flatMap((pod) =>
    pod.spec.containers
      .flatMap(({ ports = [] }) => ports)
      .map(({ containerPort }) => ({
        address: `${pod.status?.podIP}:${containerPort}`,
        name: `${workloadOf(pod)}:${containerPort}`,
      })),
  );

const script = join(import.meta.dirname, '../node/open-ports.ts');

/** Names of the targets that open from a pod. */
const openFrom = (from: Pod, targets: readonly Target[]): readonly string[] => {
  const first = nodeProcess();
  const command = [process.execPath, script, ...targets.map(({ address }) => address)];
  const open = JSON.parse(inNode(first, inPodNetwork(containerProcesses(first), from, command))) as readonly string[];
  return targets.filter(({ address }) => open.includes(address)).map(({ name }) => name);
};

/** All that opens, as `client → workload:port`. */
const measured = async (kubectl: Kubectl): Promise<{ readonly tried: number; readonly open: readonly string[] }> => {
  const pods = await runningPods(kubectl);
  const own = pods.filter((pod) => workloadOf(pod) !== '');
  const targets = targetsOf(own);
  const strangers = await Promise.all(clients.map(async (name) => ({ name, pod: await client(kubectl, name) })));
  const sources = [...own.map((pod) => ({ name: workloadOf(pod), pod })), ...strangers];
  const open = sources.flatMap(({ name, pod }) =>
    // A pod may always reach itself.
    openFrom(
      pod,
      targets.filter(({ name: target }) => !target.startsWith(`${name}:`)),
    ).map((target) => `${name} → ${target}`),
  );
  return { tried: sources.length * targets.length, open };
};

/** Default deny, and beyond it only what somebody declared. */
export const policiesEnforced: Check = {
  title: 'from inside of the pods each declared connection opens, and no other; from nobody’s pod none does',
  run: async ({ kubectl }) => {
    const { tried, open } = await measured(kubectl);
    await removeClients(kubectl);
    const all = await declared();
    const here = new Set((await runningPods(kubectl)).map(workloadOf).concat(clients));
    // Only between workloads that this cluster has: options and stacks bring the others.
    const wanted = [...all].filter((path) => {
      const [from = '', to = ''] = path.split(' → ');
      return here.has(from) && here.has(to.split(':')[0] ?? '');
    });
    const closed = wanted.filter((path) => !open.includes(path));
    const leaks = open.filter((path) => !all.has(path));
    if (closed.length > 0) throw new Error(`declared, and closed: ${closed.join(', ')}`);
    if (leaks.length > 0) throw new Error(`open, and declared by nobody: ${leaks.join(', ')}`);
    console.log(`         ${tried} paths tried, ${open.length} open`);
  },
};
