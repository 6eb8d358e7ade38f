import { kokuImage, secrets } from '@cost-onprem/contracts';
import { toMake, workload } from '@cost-onprem/kit';
import { generate, inPod } from './generate.ts';

/** A hook of every sync, so that a Secret which somebody deleted comes back; those that are there are left alone. */
export const secretsGenerate = workload({
  name: 'secrets-generate',
  purpose: 'Makes the Secrets that are missing, of random letters and digits; it may read none.',
  kind: 'Job',
  image: kokuImage,
  wave: 'credentials',
  // Isolated: neither the folder that it starts in nor a variable can bring other modules.
  command: ['python3', '-I', '-c', generate(inPod)],
  mayCreate: ['secrets'],
  contributions: [{ mountPath: inPod.declarations, configMaps: secrets.map((declared) => toMake(declared).configMap) }],
});
