import type {
  ClaimName,
  CronJobName,
  DatabaseName,
  JobName,
  NodePoolName,
  ProfileSettings,
  ServiceName,
  SidecarRow,
} from '@cost-onprem/contracts';
import type { Profile, Storage } from '@cost-onprem/kit';

/** A size for each workload that the platform may run. A missing row is a compile error. */
export type PlatformProfile = Profile<
  ServiceName,
  JobName,
  CronJobName,
  NodePoolName,
  DatabaseName,
  ProfileSettings,
  SidecarRow
>;

/** A size for every volume claim that the platform may have. */
export type PlatformStorage = Storage<ClaimName, NodePoolName>;
