import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ingress, kokuGateway, uploadType } from '@cost-onprem/contracts';
import { hasIngress, sendUploads, type Check, type Place } from '../../../tools/rehearsal/src/checks/index.ts';
import { folders, runningPods, state, until, type Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { found } from './found.ts';

const mebibyte = 1024 * 1024;

/** Mi of the form, of which the client sends half. */
const size = 40;

/** Files below the folders /tmp of a workload's pods, which the node has on its disk. The images may have no shell. */
const temporaryFiles = async (kubectl: Kubectl, workload: string): Promise<readonly string[]> =>
  (await runningPods(kubectl, workload)).flatMap(({ metadata }) => {
    const folder = join(folders.kubelet, 'pods', metadata.uid, 'volumes/kubernetes.io~empty-dir/tmp');
    if (!existsSync(folder)) throw new Error(`${metadata.name} has no folder /tmp on the node`);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
  });

const workloads = [kokuGateway.http.workload, ingress.http.workload] as const;

/** The folders' files besides the gateway's configuration. */
const leftovers = async (kubectl: Kubectl): Promise<readonly string[]> => {
  const all = await Promise.all(
    workloads.map(async (workload) => (await temporaryFiles(kubectl, workload)).map((file) => `${workload}${file}`)),
  );
  return all.flat();
};

/** Clients go away in the middle of an upload every day. */
export const stoppedUpload: Check = {
  title:
    'a client that goes away half-way through an upload, in front of the gateway or of ingress, leaves nothing: no object, no file',
  stages: ['node'],
  applies: hasIngress,
  order: 237,
  run: async ({ kubectl }) => {
    const [files, objects] = [await leftovers(kubectl), Object.keys((await found(kubectl)).objects)];
    for (const to of ['the gateway', 'ingress'] satisfies readonly Place[])
      await sendUploads(
        kubectl,
        [1, 2, 3].map((number) => ({
          name: `${to} ${number}`,
          contentType: uploadType,
          bytes: size * mebibyte,
          stopAfter: (size / 2) * mebibyte,
        })),
        { to },
      );
    let left: readonly string[] = [];
    await until('the end of the clients’ files', 60, state, async () => {
      left = (await leftovers(kubectl)).filter((file) => !files.includes(file));
      return left.length === 0;
    }).catch(() => {
      throw new Error(`files stay: ${left.join(', ')}`);
    });
    const stored = Object.keys((await found(kubectl)).objects).filter((key) => !objects.includes(key));
    if (stored.length > 0) throw new Error(`stored: ${stored.join(', ')}`);
  },
};
