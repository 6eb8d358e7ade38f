/**
 * Koku's own settings, by theme in settings/: what an operator may want to change, and what a profile sets. A test compares
 * each default with Koku's source.
 */
import { mergeable } from '@cost-onprem/kit/vocabulary';
import { apiSettings } from './settings/api.ts';
import { cloudSettings } from './settings/clouds.ts';
import { dataSettings } from './settings/data.ts';
import { leftOut } from './settings/left-out.ts';
import { logSettings } from './settings/logs.ts';
import { workerSettings } from './settings/workers.ts';
import { trueOrFalse } from './settings/value-types.ts';

/** Every Koku container reads these as variables. */
export const kokuSettings = mergeable({
  name: 'koku-settings',
  purpose: 'Settings of Koku. Those of cloud sources have no effect in a stack that accepts only OpenShift sources.',
  settings: {
    ONPREM: {
      value: 'False',
      purpose: 'True: PostgreSQL does the analytics, and Koku accepts only OpenShift sources.',
      setBy: 'stack',
      ...trueOrFalse,
    },
    ...dataSettings,
    ...apiSettings,
    ...workerSettings,
    ...logSettings,
    ...cloudSettings,
  },
  leftOut,
});
