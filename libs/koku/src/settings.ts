/**
 * Koku's own settings: all that an operator may want to change, by theme in settings/, and what the profile changes
 * with the size. What the application takes where a key is absent is checked against its source.
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
  purpose: 'Settings of Koku. Those of cloud sources have no effect in a stack that accepts OpenShift sources alone.',
  settings: {
    ONPREM: {
      value: 'False',
      purpose: 'True: PostgreSQL does the analytics, and only OpenShift sources are accepted. The stack decides.',
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
