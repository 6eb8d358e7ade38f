/** The words in which rules of Prometheus are declared. */

/** Something that a person must hear of. */
export interface Alert<Name extends string = string> {
  readonly alert: Name;
  /** `critical`: it wakes somebody. `warning`: it waits for the morning. */
  readonly severity: 'critical' | 'warning';
  /** PromQL; every series that it gives is one fault. */
  readonly expression: string;
  /** For how long it must hold, in Prometheus' notation, such as `5m`. */
  readonly lasts: string;
  /** One line: what is wrong, with `{{ $labels.… }}` where that says which. */
  readonly summary: string;
  /** What users see of it. */
  readonly description: string;
  /** Address of the paragraph that says how to look and how to mend. */
  readonly runbook: string;
}

/** A series that other rules and dashboards read. */
export interface Recording {
  /** Its name, with a colon in it. */
  readonly record: string;
  readonly expression: string;
}

/** What Prometheus evaluates: an alert, or a series for others to read. */
export type Rule = Alert | Recording;

/** Rules that are about the same thing. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}
