/** The vocabulary for the panels of a dashboard. */

/** One chart. */
export interface Panel {
  readonly title: string;
  /** A unit of Grafana. */
  readonly unit: 'short' | 's' | 'percentunit' | 'bytes' | 'reqps';
  /** One line for each series: its legend, and its expression in PromQL. */
  readonly lines: Readonly<Record<string, string>>;
}
