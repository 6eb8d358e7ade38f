/** Metrics that only the rules and panels of sources-api read. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program (tools/documentation/facts/sources.md#metrics). */
export const metrics = { 'sources-api': ['sources_requests_total'] } as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
