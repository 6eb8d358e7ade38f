/** Resource usage of a real node's pods, as the kubelet measures it, beside the profile's requests and limits. */
import { podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import { namespace } from '@cost-onprem/contracts';
import { node, runningPods, workloadOf, type Kubectl } from './kubernetes/index.ts';
import { table } from './argo-cd/index.ts';

interface Summary {
  readonly pods: readonly {
    readonly podRef: { readonly name: string; readonly namespace: string };
    readonly memory?: { readonly workingSetBytes?: number };
    readonly cpu?: { readonly usageCoreNanoSeconds?: number };
    readonly 'ephemeral-storage'?: { readonly usedBytes?: number };
  }[];
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}Mi`;

/** Requests and limits of a workload's main container, from the render, because the stage lowers requests. */
const given = (objects: readonly Manifest[], workload: string): readonly string[] => {
  const template = objects
    .filter(({ metadata }) => metadata.name === workload)
    .map(podTemplateOf)
    .find(Boolean);
  const [main] = template?.spec ? (template.spec.containers ?? []) : [];
  const { requests, limits } = main?.resources ?? {};
  return ['memory', 'cpu', 'ephemeral-storage']
    .flatMap((resource) => [requests?.[resource], limits?.[resource]])
    .map((quantity) => String(quantity ?? '-'));
};

/** The table of all running pods: memory and disk of the node now, and processor time since the start. */
export const usageTable = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<string> => {
  const { out } = await kubectl.run(['get', '--raw', `/api/v1/nodes/${node.name}/proxy/stats/summary`]);
  const { pods: measured } = JSON.parse(out) as Summary;
  const rows = (await runningPods(kubectl)).map((pod) => {
    const used = measured.find(({ podRef }) => podRef.name === pod.metadata.name && podRef.namespace === namespace);
    const seconds = (used?.cpu?.usageCoreNanoSeconds ?? 0) / 1e9;
    const amounts = given(objects, workloadOf(pod));
    return [
      ...[pod.metadata.name, mebibytes(used?.memory?.workingSetBytes ?? 0), ...amounts.slice(0, 2)],
      ...[`${seconds.toFixed(0)} s`, ...amounts.slice(2, 4)],
      ...[mebibytes(used?.['ephemeral-storage']?.usedBytes ?? 0), ...amounts.slice(4)],
    ];
  });
  const head = ['memory', 'processor', 'disk of the node'].flatMap((resource) => [resource, 'request', 'limit']);
  return table([['pod', ...head], ...rows]);
};
