import { singletons } from '@cost-onprem/contracts';
import { checkProfile } from '@cost-onprem/kit';
import { dev } from './dev.ts';
import { checkDatabases } from './memory.ts';
import { minimal } from './minimal.ts';
import { production } from './production.ts';
import type { PlatformProfile } from './profile.ts';

export type { PlatformProfile, PlatformStorage } from './profile.ts';
export { storages } from './storage.ts';
export { minimal };

/** The profiles that a cluster can choose. `checkProfile` and `checkDatabases` have checked each. */
export const profiles: readonly PlatformProfile[] = [dev, minimal, production].map((profile) =>
  checkDatabases(checkProfile(profile, singletons)),
);
