/** The vocabulary for Prometheus' rules. */
import type { Purpose } from './vocabulary.ts';

/** A fault of which Prometheus notifies a person. */
export interface Alert<Name extends string = string> {
  readonly alert: Name;
  /** `critical`: a person must act at once, even at night. `warning`: it can wait until the morning. */
  readonly severity: 'critical' | 'warning';
  /** PromQL. Each series in its result is one fault. */
  readonly expression: string;
  /** How long the fault must last before Prometheus notifies, in its notation, such as `5m`. */
  readonly lasts: string;
  /** One line: what is wrong. `{{ $labels.… }}` can name the object. */
  readonly summary: string;
  /** What users notice of the fault. */
  readonly description: string;
  /** Address of the runbook's paragraph that says how to diagnose and fix it. */
  readonly runbook: string;
}

/** A series that other rules and dashboards read. */
export interface Recording {
  /** Its name, with a colon in it. */
  readonly record: string;
  readonly expression: string;
}

/** A rule that Prometheus evaluates: an alert, or a recorded series. */
export type Rule = Alert | Recording;

/** Rules about one subject. */
export interface RuleGroup {
  readonly name: string;
  /** What their subject is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  readonly rules: readonly Rule[];
}
