import { valkeyCredentials } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { valkey } from './valkey.ts';

/** Valkey, which speaks the Redis protocol. */
export default application({ name: 'valkey', bases: { '.': { workloads: [valkey], makes: [valkeyCredentials] } } });
