/** Pods write to the disk of their node: while they work within their limits, and never more than those. */
import { kokuMasu, namespace } from '@cost-onprem/contracts';
import { toMebibytes } from '@cost-onprem/kit/quantity';
import { podTemplateOf } from '../../../../manifests/src/manifest.ts';
import { podOf, readySince, runInPod, runningPods, state, until, type Kubectl } from '../../kubernetes/index.ts';
import { hasObject, type Check, type Rehearsed } from '../check.ts';

interface Eviction {
  readonly message: string;
  readonly involvedObject: { readonly name: string };
}

/**
 * What the kubelet says of the pods that it evicts. Their status does not always say so: a pod whose process exits with 0 has
 * the phase Succeeded and no reason.
 */
const evictions = async (kubectl: Kubectl): Promise<readonly Eviction[]> =>
  (
    await kubectl.get<{ readonly items: readonly Eviction[] }>([
      ...['events', '-n', namespace],
      '--field-selector=reason=Evicted,involvedObject.kind=Pod',
    ])
  ).items;

/** A controller replaces an evicted pod within seconds, so only this check notices that a limit is too small. */
export const noneEvicted: Check = {
  title: 'the kubelet evicted no pod during the checks: none writes more on its node than its limit',
  stages: ['node'],
  order: 560,
  run: async ({ kubectl }) => {
    const evicted = await evictions(kubectl);
    if (evicted.length > 0)
      throw new Error(evicted.map(({ message, involvedObject }) => `${involvedObject.name}: ${message}`).join('\n  '));
  },
};

/** This workload serves no request meanwhile, and keeps no data. */
const { workload: chosen } = kokuMasu.http;

/** Mi that the folder /tmp of the chosen workload may hold. */
const roomOf = ({ objects }: Rehearsed): number => {
  const object = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === chosen);
  const { volumes = [] } = (object && podTemplateOf(object)?.spec) ?? {};
  return toMebibytes(volumes.find(({ name }) => name === 'tmp')?.emptyDir?.sizeLimit ?? 0);
};

/** Seconds until the kubelet notices (tools/documentation/facts/kubernetes.md#what-a-pod-writes-on-its-node), and a margin. */
const noticed = 180;

/** A limit must be enforced to protect a node. */
export const fullFolderEvicts: Check = {
  title: `a pod of ${chosen} that writes more into /tmp than the folder may hold is evicted and replaced`,
  stages: ['node'],
  applies: (rehearsed) => hasObject(rehearsed, 'Deployment', chosen),
  order: 570,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const room = roomOf(rehearsed);
    if (room === 0) throw new Error(`the folder /tmp of ${chosen} has no size`);
    const { metadata: full } = await podOf(kubectl, chosen);
    await runInPod(kubectl, chosen, `dd if=/dev/zero of=/tmp/too-much bs=1048576 count=${room + 8} 2>/dev/null`);
    const its = async () => (await evictions(kubectl)).find(({ involvedObject }) => involvedObject.name === full.name);
    await until(`the eviction of ${full.name}`, noticed, state, async () => (await its()) !== undefined);
    const { message = '' } = (await its()) ?? {};
    if (!/EmptyDir volume "tmp" exceeds the limit/.test(message))
      throw new Error(`${full.name} was evicted for another reason: ${message}`);
    await until(`another pod of ${chosen}`, 180, state, async () =>
      (await runningPods(kubectl, chosen)).some(
        (pod) => pod.metadata.uid !== full.uid && readySince(pod) !== undefined,
      ),
    );
    await kubectl.run(['delete', 'pod', full.name, '-n', namespace, '--ignore-not-found']);
  },
};
