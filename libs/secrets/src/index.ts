import { application } from '@cost-onprem/kit';
import { secretsGenerate } from './secrets-generate.ts';

/** Makes the cluster's Secrets, where nobody brings them. */
export default application({ name: 'secrets', bases: { generated: { workloads: [secretsGenerate] } } });
