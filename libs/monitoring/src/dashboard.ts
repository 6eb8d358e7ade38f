/** What Grafana shows: the same series that the alerts read, row by row from an upload to a report. */
import {
  LegendDisplayMode,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { listenerGroup, uploadTopic } from '@cost-onprem/contracts';
import { series } from './metrics.ts';
import { answers, failures, latency } from './rules/api.ts';
import { queueLength } from './rules/queues.ts';
import { free } from './rules/volumes.ts';

/** One line of a panel for each series: what it is called, and the expression. */
type Lines = Readonly<Record<string, string>>;

interface Panel {
  readonly title: string;
  /** Of Grafana's units. */
  readonly unit: 'short' | 's' | 'percentunit' | 'bytes' | 'reqps';
  readonly lines: Lines;
}

const source = { type: 'prometheus', uid: '${source}' } as const;

/** The queries of a panel are called A, B, and so on. */
const firstLetter = 65;

const query = ([legend, expression]: readonly [string, string], index: number) =>
  new DataqueryBuilder()
    .refId(String.fromCodePoint(firstLetter + index))
    .datasource(source)
    .expr(expression)
    .legendFormat(legend)
    .range();

const panel = ({ title, unit, lines }: Panel) =>
  new PanelBuilder()
    .title(title)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(8)
    .height(8)
    .lineWidth(1)
    .fillOpacity(10)
    .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).showLegend(true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(Object.entries(lines).map(query));

const group = { topic: uploadTopic, consumergroup: listenerGroup };
const container = { container: { matches: '.+' } };

/** Three panels fill a row. */
const rows: Readonly<Record<string, readonly [Panel, Panel, Panel]>> = {
  Queues: [
    { title: 'Tasks that wait', unit: 'short', lines: { '{{queue}}': `${queueLength} > 0` } },
    {
      title: 'Summaries per hour',
      unit: 'short',
      lines: {
        '{{provider_type}}': `sum by (provider_type) (increase(${series('report_summary_attempts_count_total')}[1h]))`,
      },
    },
    {
      title: 'Memory of the cache',
      unit: 'bytes',
      lines: { used: series('redis_memory_used_bytes'), limit: `${series('redis_memory_max_bytes')} > 0` },
    },
  ],
  Workers: [
    {
      title: 'Deployments with fewer pods than they should have',
      unit: 'short',
      lines: {
        '{{deployment}}': `${series('kube_deployment_spec_replicas')} - on (namespace, deployment) ${series('kube_deployment_status_replicas_available')} > 0`,
      },
    },
    {
      title: 'Memory',
      unit: 'bytes',
      lines: { '{{pod}}': `sum by (pod) (${series('container_memory_working_set_bytes', container)})` },
    },
    {
      title: 'Cores',
      unit: 'short',
      lines: { '{{pod}}': `sum by (pod) (rate(${series('container_cpu_usage_seconds_total', container)}[5m]))` },
    },
  ],
  APIs: [
    {
      title: 'Requests',
      unit: 'reqps',
      lines: { '{{service}} {{status}}': `sum by (service, status) (rate(${answers()}[5m]))` },
    },
    {
      title: 'Share that fails',
      unit: 'percentunit',
      lines: {
        '{{service}}': `sum by (service) (rate(${failures}[5m])) / sum by (service) (rate(${answers()}[5m]))`,
      },
    },
    { title: '95 of 100 are answered within', unit: 's', lines: { '{{service}}': latency('5m') } },
  ],
  Listener: [
    {
      title: 'Uploads that wait',
      unit: 'short',
      lines: { 'partition {{partition}}': series('kafka_consumergroup_lag', group) },
    },
    {
      title: 'Uploads per hour',
      unit: 'short',
      lines: {
        arrived: `sum(delta(${series('kafka_topic_partition_current_offset', { topic: uploadTopic })}[1h]))`,
        taken: `sum(delta(${series('kafka_consumergroup_current_offset', group)}[1h]))`,
      },
    },
    { title: 'Brokers of Kafka', unit: 'short', lines: { brokers: series('kafka_brokers') } },
  ],
  'Database and volumes': [
    { title: 'Share of a volume that is free', unit: 'percentunit', lines: { '{{persistentvolumeclaim}}': free } },
    {
      title: 'Servers that are ready',
      unit: 'short',
      lines: { '{{statefulset}}': series('kube_statefulset_status_replicas_ready') },
    },
    {
      title: 'Requests that found no database, per hour',
      unit: 'short',
      lines: { '{{service}}': `sum by (service) (increase(${series('db_connection_errors_total')}[1h]))` },
    },
  ],
  Restarts: [
    {
      title: 'Restarts in the last hour',
      unit: 'short',
      lines: { '{{pod}}': `sum by (pod) (increase(${series('kube_pod_container_status_restarts_total')}[1h])) > 0` },
    },
    {
      title: 'Containers whose last end was a lack of memory',
      unit: 'short',
      lines: { '{{pod}}': series('kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' }) },
    },
    {
      title: 'Containers that wait to start',
      unit: 'short',
      lines: { '{{pod}} {{reason}}': `${series('kube_pod_container_status_waiting_reason')} == 1` },
    },
  ],
};

const build = () => {
  const dashboard = new DashboardBuilder('Cost Management on-premise')
    .uid('cost-onprem')
    .tags(['cost-onprem'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .withVariable(new DatasourceVariableBuilder('source').label('Prometheus').type('prometheus'));
  for (const [title, panels] of Object.entries(rows)) {
    dashboard.withRow(new RowBuilder(title));
    for (const each of panels) dashboard.withPanel(panel(each));
  }
  return dashboard.build();
};

/** The dashboard as Grafana reads it. */
export const dashboard = { name: 'cost-onprem-dashboard', json: `${JSON.stringify(build(), null, 2)}\n` } as const;
