/** The expected cost of a cluster, computed from the reports only, independently of Koku. */

/** US dollars for one hour of one core or GiB. */
export interface Rates {
  readonly coreUsage: number;
  readonly coreRequest: number;
  readonly gibibyteUsage: number;
}

/** US dollars of the whole cluster, and of each namespace by its pods' usage. */
export interface Cost {
  readonly cluster: number;
  readonly namespaces: Readonly<Record<string, number>>;
}

type Row = Readonly<Record<string, string>>;

const hour = 3600;
const gibibyte = 2 ** 30;

/** Rows of a CSV without quotes, which reports do not have. */
const rowsOf = (text: string): readonly Row[] => {
  const [head = '', ...lines] = text.trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  });
};

const number = (row: Row, column: string): number => Number(row[column]);

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;

/**
 * The cluster costs its nodes' capacity: unused capacity costs the same rates
 * (tools/documentation/facts/koku-measurements.md#costs-without-a-pod). A namespace costs its pods' usage and requests.
 * @param reports the texts of the CSV files; those without pods are ignored
 */
export const costOf = (reports: readonly string[], rates: Rates): Cost => {
  const rows = reports.flatMap(rowsOf).filter((row) => 'pod_usage_cpu_core_seconds' in row);
  const capacity = new Map(rows.map((row) => [`${row['node']} ${row['interval_start']}`, row]));
  const cluster = [...capacity.values()].reduce(
    (sum, row) =>
      sum +
      (number(row, 'node_capacity_cpu_core_seconds') / hour) * (rates.coreUsage + rates.coreRequest) +
      (number(row, 'node_capacity_memory_byte_seconds') / hour / gibibyte) * rates.gibibyteUsage,
    0,
  );
  const namespaces: Record<string, number> = {};
  for (const row of rows) {
    const name = row['namespace'] ?? '';
    namespaces[name] =
      (namespaces[name] ?? 0) +
      (number(row, 'pod_usage_cpu_core_seconds') / hour) * rates.coreUsage +
      (number(row, 'pod_request_cpu_core_seconds') / hour) * rates.coreRequest +
      (number(row, 'pod_usage_memory_byte_seconds') / hour / gibibyte) * rates.gibibyteUsage;
  }
  return {
    cluster: cents(cluster),
    namespaces: Object.fromEntries(Object.entries(namespaces).map(([name, dollars]) => [name, cents(dollars)])),
  };
};
