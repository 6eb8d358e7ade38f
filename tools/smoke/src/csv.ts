/** The operator's CSV files (tools/documentation/facts/metrics-operator.md#columns). */
import { dayAfter, node, uses, type Amounts, type Use } from './usage.ts';

/** Names of all columns, in the operator's order. Values that a row does not have are empty. */
type Row = Readonly<Record<string, string>>;

/** A file of a report: the name that the operator gives it, without the month, and its text. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

const times = ['report_period_start', 'report_period_end', 'interval_start', 'interval_end'] as const;

const statistics = (metric: string, names = 'avg min max sum'): readonly string[] =>
  names.split(' ').map((statistic) => `${metric}_${statistic}`);

const columns = {
  namespaces: [...times, 'namespace', 'namespace_labels'],
  nodes: [...times, 'node', 'node_labels'],
  pods: [
    ...times,
    'node',
    'namespace',
    'pod',
    'pod_usage_cpu_core_seconds',
    'pod_request_cpu_core_seconds',
    'pod_limit_cpu_core_seconds',
    'pod_usage_memory_byte_seconds',
    'pod_request_memory_byte_seconds',
    'pod_limit_memory_byte_seconds',
    'node_capacity_cpu_cores',
    'node_capacity_cpu_core_seconds',
    'node_capacity_memory_bytes',
    'node_capacity_memory_byte_seconds',
    'node_role',
    'resource_id',
    'pod_labels',
  ],
  containers: [
    ...times,
    'container_name',
    'pod',
    'owner_name',
    'owner_kind',
    'workload',
    'workload_type',
    'namespace',
    'image_name',
    'node',
    'resource_id',
    ...statistics('cpu_request_container', 'avg sum'),
    ...statistics('cpu_limit_container', 'avg sum'),
    ...statistics('cpu_usage_container'),
    ...statistics('cpu_throttle_container', 'avg max min sum'),
    ...statistics('memory_request_container', 'avg sum'),
    ...statistics('memory_limit_container', 'avg sum'),
    ...statistics('memory_usage_container'),
    ...statistics('memory_rss_usage_container'),
    'accelerator_model_name',
    'accelerator_profile_name',
    ...statistics('accelerator_core_usage_percentage', 'min max avg'),
    ...statistics('accelerator_memory_copy_percentage', 'min max avg'),
    ...statistics('accelerator_frame_buffer_usage', 'min max avg'),
  ],
  projects: [
    ...times,
    'namespace',
    'cpu_request_namespace_sum',
    'cpu_limit_namespace_sum',
    ...statistics('cpu_usage_namespace', 'avg max min'),
    ...statistics('cpu_throttle_namespace', 'avg max min'),
    'memory_request_namespace_sum',
    'memory_limit_namespace_sum',
    ...statistics('memory_usage_namespace', 'avg max min'),
    ...statistics('memory_rss_usage_namespace', 'avg max min'),
    ...statistics('namespace_running_pods', 'max avg'),
    ...statistics('namespace_total_pods', 'max avg'),
  ],
} as const satisfies Record<string, readonly string[]>;

/** No value contains a comma or a quote. */
const table = (names: readonly string[], rows: readonly Row[]): string =>
  [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((values) => `${values.join(',')}\n`).join('');

/** Seconds of an hour and of an interval of the resource optimisation. */
const hour = 3600;
const quarter = 900;

const gibibyte = 2 ** 30;

/** The operator writes six decimals. */
const number = (value: number): string => value.toFixed(6);

/** A time as Go prints it. */
const instant = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;

/** The first day of a day's month, or of a month after it. */
const monthOf = (day: string, later = 0): number => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Date.UTC(year, month - 1 + later, 1);
};

/** The times of a row. @param start and end in seconds of the day */
const timesOf = (day: string, start: number, end: number): Row => ({
  report_period_start: instant(monthOf(day)),
  report_period_end: instant(monthOf(day, 1)),
  interval_start: instant(Date.parse(`${day}T00:00:00Z`) + start * 1000),
  interval_end: instant(Date.parse(`${day}T00:00:00Z`) + end * 1000),
});

/** The 24 hours of a day. An hour ends one second before the next. */
const hoursOf = (day: string): readonly Row[] =>
  Array.from({ length: 24 }, (_, index) => timesOf(day, index * hour, (index + 1) * hour - 1));

/** The 96 intervals of a day. An interval begins one second after the one before. */
const quartersOf = (day: string): readonly Row[] =>
  Array.from({ length: 96 }, (_, index) => timesOf(day, index * quarter + 1, (index + 1) * quarter));

const podOf = ({ workload }: Use): string => `${workload}-7d4b9c6f5d-2xk8p`;

const nodeCapacity: Row = {
  node: node.name,
  node_role: 'worker',
  resource_id: 'i-0123456789abcdef0',
  node_capacity_cpu_cores: number(node.cores),
  node_capacity_cpu_core_seconds: number(node.cores * hour),
  node_capacity_memory_bytes: number(node.gibibytes * gibibyte),
  node_capacity_memory_byte_seconds: number(node.gibibytes * gibibyte * hour),
};

const podRow = (use: Use): Row => {
  const amounts = (resource: Amounts, unit: number, column: (kind: string) => string): Row =>
    Object.fromEntries(
      Object.entries(resource).map(([kind, amount]) => [column(kind), number((amount as number) * unit * hour)]),
    );
  return {
    ...nodeCapacity,
    namespace: use.namespace,
    pod: podOf(use),
    pod_labels: `label_app:${use.workload}`,
    ...amounts(use.cores, 1, (kind) => `pod_${kind}_cpu_core_seconds`),
    ...amounts(use.gibibytes, gibibyte, (kind) => `pod_${kind}_memory_byte_seconds`),
  };
};

/** Statistics of a usage that varies by a tenth. With one pod, the sum is the average. */
const measured = (metric: string, usage: number): Row => ({
  [`${metric}_avg`]: number(usage),
  [`${metric}_sum`]: number(usage),
  [`${metric}_min`]: number(usage * 0.9),
  [`${metric}_max`]: number(usage * 1.1),
});

const same = (metric: string, value: number, names: string): Row =>
  Object.fromEntries(statistics(metric, names).map((name) => [name, number(value)]));

/** The part of a container's memory that is resident. */
const resident = 0.8;

const containerRow = (use: Use): Row => ({
  container_name: use.workload,
  pod: podOf(use),
  owner_name: `${use.workload}-7d4b9c6f5d`,
  owner_kind: 'ReplicaSet',
  workload: use.workload,
  workload_type: 'deployment',
  namespace: use.namespace,
  image_name: `registry.example.com/${use.namespace}/${use.workload}:1`,
  node: node.name,
  resource_id: 'i-0123456789abcdef0',
  ...same('cpu_request_container', use.cores.request, 'avg sum'),
  ...same('cpu_limit_container', use.cores.limit, 'avg sum'),
  ...measured('cpu_usage_container', use.cores.usage),
  ...same('cpu_throttle_container', 0, 'avg max min sum'),
  ...same('memory_request_container', use.gibibytes.request * gibibyte, 'avg sum'),
  ...same('memory_limit_container', use.gibibytes.limit * gibibyte, 'avg sum'),
  ...measured('memory_usage_container', use.gibibytes.usage * gibibyte),
  ...measured('memory_rss_usage_container', use.gibibytes.usage * gibibyte * resident),
});

const projectRow = (use: Use): Row => ({
  namespace: use.namespace,
  cpu_request_namespace_sum: number(use.cores.request),
  cpu_limit_namespace_sum: number(use.cores.limit),
  ...measured('cpu_usage_namespace', use.cores.usage),
  ...same('cpu_throttle_namespace', 0, 'avg max min'),
  memory_request_namespace_sum: number(use.gibibytes.request * gibibyte),
  memory_limit_namespace_sum: number(use.gibibytes.limit * gibibyte),
  ...measured('memory_usage_namespace', use.gibibytes.usage * gibibyte),
  ...measured('memory_rss_usage_namespace', use.gibibytes.usage * gibibyte * resident),
  ...same('namespace_running_pods', 1, 'max avg'),
  ...same('namespace_total_pods', 1, 'max avg'),
});

/** The label by which a namespace asks for recommendations. */
const wantsRecommendations = 'label_cost_management_optimizations:true';

/** One row for each interval and each subject. */
const rowsOf = (intervals: readonly Row[], subjects: readonly Row[]): readonly Row[] =>
  intervals.flatMap((interval) => subjects.map((subject) => ({ ...interval, ...subject })));

/** The files of a day that Koku turns into cost, sorted by name as in the operator's folder. */
export const costFiles = (day: string): readonly CsvFile[] => {
  const hours = hoursOf(day);
  const namespaces = uses.map(({ namespace }) => ({ namespace, namespace_labels: wantsRecommendations }));
  const nodes = [{ node: node.name, node_labels: 'label_kubernetes_io_os:linux' }];
  return [
    { name: 'cm-openshift-namespace-usage', text: table(columns.namespaces, rowsOf(hours, namespaces)) },
    { name: 'cm-openshift-node-usage', text: table(columns.nodes, rowsOf(hours, nodes)) },
    { name: 'cm-openshift-pod-usage', text: table(columns.pods, rowsOf(hours, uses.map(podRow))) },
  ];
};

/** The files of a day from which recommendations come. */
export const optimizationFiles = (day: string): readonly CsvFile[] => {
  const quarters = quartersOf(day);
  return [
    { name: 'ros-openshift-container', text: table(columns.containers, rowsOf(quarters, uses.map(containerRow))) },
    { name: 'ros-openshift-namespace', text: table(columns.projects, rowsOf(quarters, uses.map(projectRow))) },
  ];
};

/** The first and the last second of a day's report, in ISO 8601. */
export const rangeOf = (day: string): { readonly start: string; readonly end: string } => ({
  start: `${day}T00:00:00Z`,
  end: new Date(Date.parse(`${dayAfter(day)}T00:00:00Z`) - 1000).toISOString().replace('.000Z', 'Z'),
});
