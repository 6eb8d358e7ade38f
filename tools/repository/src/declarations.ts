/** Declarations of all applications, for checks that need every one of them. */
import type { OptionalSecret } from '@cost-onprem/kit';
import { loadApplications, mergeablesOf } from './applications.ts';

const applications = await loadApplications();

/** The ConfigMaps that a cluster may merge into, sorted by name. */
export const mergeables = mergeablesOf(applications);

/** Optional Secrets: nothing requires, generates, fetches or seals one. */
export const optionalSecrets: readonly OptionalSecret[] = applications.flatMap((each) => each.optionalSecrets ?? []);
