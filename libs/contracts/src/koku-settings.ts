/**
 * Koku's own settings: all that an operator may want to change, by theme in koku-settings/, and what the profile changes
 * with the size. What the application takes where a key is absent is checked against its source.
 */
import { mergeable } from '@cost-onprem/kit/vocabulary';
import { apiSettings } from './koku-settings/api.ts';
import { cloudSettings } from './koku-settings/clouds.ts';
import { dataSettings } from './koku-settings/data.ts';
import { logSettings } from './koku-settings/logs.ts';
import { workerSettings } from './koku-settings/workers.ts';
import { trueOrFalse } from './value-types.ts';

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
});
