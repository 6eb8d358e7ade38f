/** The words in which panels of a dashboard are declared. */

/** One chart. */
export interface Panel {
  readonly title: string;
  /** Of Grafana's units. */
  readonly unit: 'short' | 's' | 'percentunit' | 'bytes' | 'reqps';
  /** One line for each series: what it is called, and its expression in PromQL. */
  readonly lines: Readonly<Record<string, string>>;
}
