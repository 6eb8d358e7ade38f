import { join } from 'node:path';
import { cacheFolder } from '../../../repository/src/repository.ts';
import { start } from './processes.ts';
import { kubeconfig, state } from './stage.ts';

/**
 * Takes the place of an ingress controller, of a resizer of volumes, and of the operators.
 * @param operated names of the kinds that operators would look after
 */
export const startStandIns = (operated: readonly string[]): void => {
  const kinds = ['ingresses', 'routes', 'persistentvolumeclaims', ...operated].join(',');
  const script = join(import.meta.dirname, 'stand-ins.ts');
  start(state, 'stand-ins', [process.execPath, script, kubeconfig, kinds], {
    PATH: process.env['PATH'],
    COST_ONPREM_CACHE: cacheFolder,
  });
};
