import { application } from '@cost-onprem/kit';
import { secretsGenerate } from './secrets-generate.ts';

/** Creates the cluster's Secrets, for clusters with `overlays/secrets/generated`. */
export default application({ name: 'secrets', bases: { generated: { workloads: [secretsGenerate] } } });
