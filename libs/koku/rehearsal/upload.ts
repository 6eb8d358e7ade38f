import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { buckets, kokuListener, uploadTopic } from '@cost-onprem/contracts';
import { identity, organisation, runProgramInPod } from '../../../tools/rehearsal/src/checks/index.ts';
import type { Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';

/** What the listener says of an upload; silence is no answer in time. */
export type Validation = 'success' | 'failure' | 'silence';

/** Puts an upload where ingress would put it, and announces it. @returns whether both were accepted */
export const announce = (kubectl: Kubectl, archive: Buffer): Promise<boolean> =>
  upload(kubectl, archive, 0).then(
    () => true,
    () => false,
  );

/**
 * Puts an upload where ingress would put it, announces it, and waits for what the listener says of it.
 * @param patience seconds
 * @param hold seconds between the two, in which something may happen
 */
export const upload = async (kubectl: Kubectl, archive: Buffer, patience: number, hold = 0): Promise<Validation> => {
  const said = await runProgramInPod(kubectl, kokuListener.metrics.workload, join(import.meta.dirname, 'upload.py'), {
    archive: archive.toString('base64'),
    request: randomUUID().replaceAll('-', ''),
    bucket: buckets.ingress,
    topic: uploadTopic,
    account: organisation.account,
    organisation: organisation.id,
    identity,
    patience,
    hold,
  });
  return said.split('\n').at(-1) as Validation;
};
