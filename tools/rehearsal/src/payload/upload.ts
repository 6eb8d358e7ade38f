import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buckets, kokuListener, namespace, uploadTopic } from '@cost-onprem/contracts';
import { identity, organisation } from '../gateway.ts';
import type { Kubectl } from '../kubectl.ts';
import { podOf } from '../pods.ts';

/** What the listener says of an upload; silence is no answer in time. */
export type Validation = 'success' | 'failure' | 'silence';

/**
 * Puts an upload where ingress would put it, announces it, and waits for what the listener says of it.
 * @param patience seconds
 */
export const upload = async (kubectl: Kubectl, archive: Buffer, patience: number): Promise<Validation> => {
  const pod = await podOf(kubectl, kokuListener.metrics.workload);
  const task = {
    archive: archive.toString('base64'),
    request: randomUUID().replaceAll('-', ''),
    bucket: buckets.ingress,
    topic: uploadTopic,
    account: organisation.account,
    organisation: organisation.id,
    identity,
    patience,
  };
  const program = readFileSync(join(import.meta.dirname, 'upload.py'), 'utf8');
  const command = ['python3', '-c', program];
  const container = pod.spec.containers[0]?.name ?? '';
  const { out } = await kubectl.run(
    ['exec', '-i', pod.metadata.name, '-n', namespace, '-c', container, '--', ...command],
    JSON.stringify(task),
  );
  return out.trim() as Validation;
};
