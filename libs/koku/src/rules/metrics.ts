/** Metrics that only Koku's rules and panels read. */
import { seriesOf } from '@cost-onprem/contracts';

/** By the exporting program, with the place in its source or documentation in brackets. */
export const metrics = {
  /** Koku's two APIs [koku/settings.py, MIDDLEWARE]. They count requests that reach a view, not those refused before. */
  'django-prometheus': [
    'django_http_requests_latency_seconds_by_view_method_bucket',
    'django_http_responses_total_by_status_view_method_total',
  ],
  /** [koku/masu/prometheus_stats.py], counted by the workers [koku/masu/processor/tasks.py]. */
  'koku-workers': ['report_summary_attempts_count_total'],
} as const;

/** Selects series of a shared metric or of one of these. */
export const series = seriesOf(metrics);
