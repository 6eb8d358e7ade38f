import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';
import { start } from './processes.ts';
import { kubeconfig, state } from './stage.ts';

/**
 * Starts the stand-ins of an ingress controller, of a volume resizer, and of the operators.
 * @param operated names of the kinds that operators reconcile
 */
export const startStandIns = (operated: readonly string[]): void => {
  const kinds = ['ingresses', 'routes', 'persistentvolumeclaims', ...operated].join(',');
  const script = join(import.meta.dirname, 'stand-ins.ts');
  start(state, 'stand-ins', [process.execPath, script, kubeconfig, kinds], {
    PATH: process.env['PATH'],
    COST_ONPREM_CACHE: cacheFolder,
  });
};
