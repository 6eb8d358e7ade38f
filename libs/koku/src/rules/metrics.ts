/** Metrics that only Koku's rules and panels read. */
import { seriesOf } from '@cost-onprem/contracts';

/** Where to look a name up: the program, and in brackets the place in its source or documentation. */
export const metrics = {
  /** Koku's two APIs [koku/settings.py, MIDDLEWARE]: what reaches a view; a refusal before that is not counted. */
  'django-prometheus': [
    'django_http_requests_latency_seconds_by_view_method_bucket',
    'django_http_responses_total_by_status_view_method_total',
  ],
  /** [koku/masu/prometheus_stats.py], counted by the workers [koku/masu/processor/tasks.py]. */
  'koku-workers': ['report_summary_attempts_count_total'],
} as const;

/** Selects series of a metric that is shared, or one of these. */
export const series = seriesOf(metrics);
