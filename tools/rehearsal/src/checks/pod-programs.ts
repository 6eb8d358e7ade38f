import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespace } from '@cost-onprem/contracts';
import { podOf, type Kubectl } from '../kubernetes/index.ts';

/**
 * Runs a Python program in the first pod of a workload of Koku, and returns its output.
 * @param program path of its file, which is appended to programs/kafka.py
 * @param task its input
 */
export const runProgramInPod = async (
  kubectl: Kubectl,
  workload: string,
  program: string,
  task: object,
): Promise<string> => {
  const { metadata, spec } = await podOf(kubectl, workload);
  const texts = [join(import.meta.dirname, 'programs/kafka.py'), program].map((file) => readFileSync(file, 'utf8'));
  const exec = ['exec', '-i', metadata.name, '-n', namespace, '-c', spec.containers[0]?.name ?? '', '--'];
  return (await kubectl.run([...exec, 'python3', '-c', texts.join('\n')], JSON.stringify(task))).out.trim();
};
