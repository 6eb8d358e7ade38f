import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespace } from '@cost-onprem/contracts';
import { podOf, type Kubectl } from '../kubernetes/index.ts';

/**
 * Runs a program of `programs/` in the first pod of a workload of Koku's, and returns what it printed.
 * @param task its input
 */
export const runProgramInPod = async (
  kubectl: Kubectl,
  workload: string,
  program: string,
  task: object,
): Promise<string> => {
  const { metadata, spec } = await podOf(kubectl, workload);
  const texts = ['kafka.py', program].map((file) => readFileSync(join(import.meta.dirname, 'programs', file), 'utf8'));
  const exec = ['exec', '-i', metadata.name, '-n', namespace, '-c', spec.containers[0]?.name ?? '', '--'];
  return (await kubectl.run([...exec, 'python3', '-c', texts.join('\n')], JSON.stringify(task))).out.trim();
};
