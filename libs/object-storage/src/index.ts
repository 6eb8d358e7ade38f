import { application } from '@cost-onprem/kit';
import { objectStorage } from './object-storage.ts';

/** An object store, where the cluster brings none. */
export default application({ name: 'object-storage', bases: { embedded: { workloads: [objectStorage] } } });
