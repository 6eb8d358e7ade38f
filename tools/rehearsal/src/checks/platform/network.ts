import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadApplications } from '../../../../repository/src/applications.ts';
import { kokuGateway } from '@cost-onprem/contracts';
import {
  containerProcesses,
  inNode,
  inPodNetwork,
  nodeProcess,
  runningPods,
  state,
  until,
  workloadOf,
  type Kubectl,
  type Pod,
} from '../../kubernetes/index.ts';
import { client, clients, removeClients } from '../clients.ts';
import { hasOwnServers, type Check } from '../check.ts';

/** `client → workload:port` for every declared connection, and for those of the platform's own parts. */
const declared = async (): Promise<ReadonlySet<string>> => {
  const applications = await loadApplications();
  const workloads = applications.flatMap(({ bases }) => Object.values(bases).flatMap((base) => base.workloads));
  const between = workloads.flatMap(({ name, connects = [] }) =>
    connects.map(({ to }) => `${name} → ${to.workload}:${to.number}`),
  );
  const router = `router → ${kokuGateway.http.workload}:${kokuGateway.http.number}`;
  const scraped = workloads.flatMap(({ name, metrics }) => (metrics ? [`prometheus → ${name}:${metrics.number}`] : []));
  return new Set([...between, router, ...scraped]);
};

/** Milliseconds for the network policy engine to rewrite its rules. */
const settling = 3000;

/** A client pod, by the name of its workload or of the check's client. */
interface Source {
  readonly name: string;
  readonly pod: Pod;
}

interface Target {
  readonly address: string;
  readonly name: string;
}

/** Every named port of every container. */
const targetsOf = (pods: readonly Pod[]): readonly Target[] =>
  pods.flatMap((pod) =>
    pod.spec.containers
      .flatMap(({ ports = [] }) => ports)
      .map(({ containerPort }) => ({
        address: `${pod.status?.podIP}:${containerPort}`,
        name: `${workloadOf(pod)}:${containerPort}`,
      })),
  );

const script = join(import.meta.dirname, '../programs/open-ports.ts');

/** Names of the targets that accept a connection from a pod. */
const openFrom = (from: Pod, targets: readonly Target[]): readonly string[] => {
  const first = nodeProcess();
  const command = [process.execPath, script, ...targets.map(({ address }) => address)];
  const open = JSON.parse(inNode(first, inPodNetwork(containerProcesses(first), from, command))) as readonly string[];
  return targets.filter(({ address }) => open.includes(address)).map(({ name }) => name);
};

/** All open paths from some pods, as `client → workload:port`. */
const openPaths = (sources: readonly Source[], targets: readonly Target[]): readonly string[] =>
  sources.flatMap(({ name, pod }) => {
    // A pod may always reach itself.
    const others = targets.filter(({ name: target }) => !target.startsWith(`${name}:`));
    return openFrom(pod, others).map((target) => `${name} → ${target}`);
  });

const ownPods = async (kubectl: Kubectl): Promise<readonly Source[]> =>
  (await runningPods(kubectl)).flatMap((pod) => (workloadOf(pod) === '' ? [] : [{ name: workloadOf(pod), pod }]));

const strangers = (kubectl: Kubectl): Promise<readonly Source[]> =>
  Promise.all(clients.map(async (name) => ({ name, pod: await client(kubectl, name) })));

/** Policies deny everything except declared connections. */
export const policiesEnforced: Check = {
  title: 'each declared connection between pods opens, and no other; from a pod without labels none opens',
  stages: ['node'],
  applies: (rehearsed) => hasOwnServers(rehearsed) && rehearsed.objects.some(({ kind }) => kind === 'NetworkPolicy'),
  order: 260,
  run: async ({ kubectl }) => {
    const own = await ownPods(kubectl);
    const targets = targetsOf(own.map(({ pod }) => pod));
    const others = await strangers(kubectl);
    const unlabelled = others.filter(({ name }) => name === 'unlabelled');
    // Every engine needs a moment for a new pod, and this one then rewrites the rules of all pods.
    await until(
      'the enforcement of the policies for a new pod',
      30,
      state,
      async () => openPaths(unlabelled, targets).length === 0,
    );
    await sleep(settling);
    const sources = [...own, ...others];
    const all = await declared();
    const here = new Set(sources.map(({ name }) => name));
    // Only between workloads of this cluster, because options and stacks add the others.
    const wanted = [...all].filter((path) => {
      const [from = '', to = ''] = path.split(' → ');
      return here.has(from) && here.has(to.split(':')[0] ?? '');
    });
    const open = openPaths(sources, targets);
    const wrong = (paths: readonly string[]): readonly string[] => [
      ...wanted.filter((path) => !paths.includes(path)).map((path) => `${path} is declared, but closed`),
      ...paths.filter((path) => !all.has(path)).map((path) => `${path} is open, but no application declares it`),
    ];
    const suspects = wrong(open);
    if (suspects.length > 0) {
      // The engine causes a state that does not last, not the policies.
      await sleep(settling);
      const again = wrong(openPaths(sources, targets));
      const lasting = suspects.filter((path) => again.includes(path));
      if (lasting.length > 0) throw new Error(lasting.join('\n  '));
    }
    await removeClients(kubectl);
    const moments = suspects.length > 0 ? `; for a moment only: ${suspects.join(', ')}` : '';
    console.log(`         ${sources.length * targets.length} paths tried, ${open.length} open${moments}`);
  },
};
