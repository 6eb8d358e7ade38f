/** What the pods of a real node used: the kubelet's own measurement, beside what the profile gives them. */
import { podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { namespace } from '@cost-onprem/contracts';
import { node, runningPods, workloadOf, type Kubectl } from './kubernetes/index.ts';
import { table } from './argo-cd/index.ts';

interface Summary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string };
    readonly memory?: { readonly workingSetBytes?: number };
    readonly cpu?: { readonly usageCoreNanoSeconds?: number };
  }[];
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}Mi`;

/** Requests and limits of a workload's main container, from the render: the stage lowers requests. */
const given = (objects: readonly Manifest[], workload: string): readonly string[] => {
  const template = objects
    .filter(({ metadata }) => metadata.name === workload)
    .map(podTemplateOf)
    .find(Boolean);
  const [main] = template?.spec ? (template.spec.containers ?? []) : [];
  const { requests, limits } = main?.resources ?? {};
  return [requests?.memory, limits?.memory, requests?.cpu, limits?.cpu].map((quantity) => String(quantity ?? '-'));
};

/** The table of all running pods: memory now, and processor time since the start. */
export const usageTable = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<string> => {
  const { out } = await kubectl.run(['get', '--raw', `/api/v1/nodes/${node.name}/proxy/stats/summary`]);
  const { pods: measured } = JSON.parse(out) as Summary;
  const rows = (await runningPods(kubectl)).map((pod) => {
    const { memory, cpu } =
      measured.find(({ podRef }) => podRef.name === pod.metadata.name && podRef.namespace === namespace) ?? {};
    const seconds = (cpu?.usageCoreNanoSeconds ?? 0) / 1e9;
    const [memoryRequest = '', memoryLimit = '', cpuRequest = '', cpuLimit = ''] = given(objects, workloadOf(pod));
    return [
      ...[pod.metadata.name, mebibytes(memory?.workingSetBytes ?? 0), memoryRequest, memoryLimit],
      ...[`${seconds.toFixed(0)} s`, cpuRequest, cpuLimit],
    ];
  });
  const head = ['pod', 'memory', 'request', 'limit', 'processor', 'request', 'limit'];
  return table([head, ...rows]);
};
