import { kokuImage, secrets } from '@cost-onprem/contracts';
import { toMake, workload } from '@cost-onprem/kit';
import { generate, inPod } from './generate.ts';

/** Runs in every sync, so that it creates deleted Secrets again. It does not change existing ones. */
export const secretsGenerate = workload({
  name: 'secrets-generate',
  purpose: 'Creates missing Secrets with random letters and digits; it may not read Secrets.',
  kind: 'Job',
  image: kokuImage,
  wave: 'credentials',
  // Isolated mode: Python loads no modules from the working directory or from variables.
  command: ['python3', '-I', '-c', generate(inPod)],
  mayCreate: ['secrets'],
  contributions: [{ mountPath: inPod.declarations, configMaps: secrets.map((declared) => toMake(declared).configMap) }],
});
