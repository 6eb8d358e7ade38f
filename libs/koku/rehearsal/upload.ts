import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { buckets, kokuListener, uploadTopic } from '@cost-onprem/contracts';
import { identity, organisation, runProgramInPod } from '../../../tools/rehearsal/src/checks/index.ts';
import type { Kubectl } from '../../../tools/rehearsal/src/kubernetes/index.ts';

/** The listener's report about an upload; silence means no answer in time. */
export type Validation = 'success' | 'failure' | 'silence';

/** Stores and announces an upload as ingress does. @returns whether both succeeded */
export const announce = (kubectl: Kubectl, archive: Buffer): Promise<boolean> =>
  upload(kubectl, archive, 0).then(
    () => true,
    () => false,
  );

/**
 * Stores and announces an upload as ingress does, and waits for the listener's report.
 * @param patience seconds
 * @param hold seconds between the two, in which a test may do something
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
