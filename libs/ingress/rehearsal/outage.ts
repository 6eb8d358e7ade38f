import { ingress, kafka, namespace } from '@cost-onprem/contracts';
import {
  hasIngress,
  hasOwnServers,
  throughGateway,
  whileAway,
  type Check,
  type Rehearsed,
} from '../../../tools/rehearsal/src/checks/index.ts';
import { upload } from '../../../tools/smoke/src/index.ts';
import { assertAllReady } from '../../../tools/rehearsal/src/argo-cd/index.ts';
import { readySince, runningPods, state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { found, unannounced, waitForAnnouncements } from './found.ts';
import { repairNow } from './repair.ts';
import { knownCluster, reportsOf } from './reports.ts';

const { workload } = ingress.http;

/** Deletes all pods of ingress without a chance to finish, and waits for new ones. */
const killIngress = async (kubectl: Kubectl): Promise<void> => {
  const old = (await runningPods(kubectl, workload)).map(({ metadata }) => metadata);
  const names = old.map(({ name }) => name);
  await kubectl.run(['delete', 'pod', ...names, '-n', namespace, '--grace-period=0', '--force']);
  const uids = new Set(old.map(({ uid }) => uid));
  await until(`new pods of ${workload}`, 120, state, async () => {
    const pods = (await runningPods(kubectl, workload)).filter(({ metadata }) => !uids.has(metadata.uid));
    return pods.length >= old.length && pods.every((pod) => readySince(pod) !== undefined);
  });
};

/** Sends a report while Kafka is away. @returns the name of its request */
const send = async (rehearsed: Rehearsed, clusterId: string): Promise<string> => {
  const [report] = await reportsOf(clusterId, 1);
  if (!report) throw new Error('no report was made');
  return upload(throughGateway(rehearsed.kubectl), { clusterId, name: 'cost-mgmt.tar.gz', archive: report });
};

/** ingress answers before Kafka has the announcement, and keeps it in memory (tools/documentation/facts/ingress.md#announcement). */
export const nothingAcceptedIsLost: Check = {
  title:
    'an upload that is accepted while Kafka is away is announced once Kafka is back; if ingress is killed meanwhile, Koku’s repair announces it',
  stages: ['node'],
  applies: (rehearsed) => hasIngress(rehearsed) && hasOwnServers(rehearsed),
  order: 430,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const clusterId = await knownCluster(rehearsed);
    let lost = '';
    let kept = '';
    await whileAway(kubectl, kafka.client.workload, async () => {
      lost = await send(rehearsed, clusterId);
      await killIngress(kubectl);
      kept = await send(rehearsed, clusterId);
    });
    await until('the readiness of all once Kafka is back', 180, state, () => assertAllReady(kubectl).then(() => true));
    await waitForAnnouncements(kubectl, [kept], 120);
    if ((await unannounced(kubectl, [lost])).length === 0)
      throw new Error('ingress was killed and announced its upload all the same, so this shows nothing of the repair');
    await repairNow(kubectl);
    await waitForAnnouncements(kubectl, [lost], 30);
    const { objects } = await found(kubectl, [lost, kept]);
    const absent = [lost, kept].filter((request) => !(request in objects));
    if (absent.length > 0) throw new Error(`accepted and not stored: ${absent.join(', ')}`);
  },
};
