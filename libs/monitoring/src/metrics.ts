/** Metrics of programs that are not in this repository. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program, with the place in its source or documentation in brackets. */
export const metrics = {
  /** [pkg/metrics]. No series without cert-manager. */
  'cert-manager': ['certmanager_certificate_expiration_timestamp_seconds'],
} as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
