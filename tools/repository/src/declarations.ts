/** What all applications of this repository declare, for checks that must know every one of them. */
import type { OptionalSecret } from '@cost-onprem/kit';
import { loadApplications, mergeablesOf } from './applications.ts';

const applications = await loadApplications();

/** The ConfigMaps that a cluster may merge into, sorted by name. */
export const mergeables = mergeablesOf(applications);

/** Secrets that a cluster may bring; nothing demands, makes, fetches or seals one. */
export const optionalSecrets: readonly OptionalSecret[] = applications.flatMap((each) => each.optionalSecrets ?? []);
