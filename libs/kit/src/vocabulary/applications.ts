/** What belongs together: applications and their Kustomize bases. */
import type { Model } from '@kubernetes-models/base';
import type { Panel } from '../dashboards.ts';
import type { Rule, RuleGroup } from '../rules.ts';
import type { OptionalSecret, SecretDeclaration } from './secrets.ts';
import type { Mergeable } from './settings.ts';
import type { Purpose, Workload } from './workloads.ts';

/** An object of kubernetes-models, or of one of its packages for custom kinds, which knows its schema. */
export type KubernetesObject = Model<{ kind?: string; metadata?: { name?: string } }>;

/** What belongs together: one library, one container name, one or several Kustomize bases. */
export interface Application {
  /** Name of the library's folder, and of the main container of each of its workloads. */
  readonly name: string;
  /** Bases by folder under `libs/<application>/base/`; the key `.` is the base itself. */
  readonly bases: Readonly<Record<string, Base>>;
  /** What all of it is there for, where a cluster may do without that. */
  readonly onlyFor?: Purpose;
  /** Secrets that a cluster may bring for it. */
  readonly optionalSecrets?: readonly OptionalSecret[];
  /** Rules of Prometheus that are about it, by group; the application that assembles them renders them. */
  readonly rules?: Readonly<Record<string, readonly Rule[]>>;
  /** Panels of the dashboard that are about it, by row; rendered likewise. */
  readonly panels?: Readonly<Record<string, readonly Panel[]>>;
  /** Markdown with a paragraph for each of its alerts, under a heading of the alert's name. */
  readonly runbook?: string;
  /** What it makes of all applications and adds to its base. One application has it. */
  readonly assembles?: (applications: readonly Application[]) => Partial<Base>;
}

/** One Kustomize base. */
export interface Base {
  readonly workloads: readonly Workload[];
  /** What all of it is there for, where a cluster may do without that; left out: what its application is there for. */
  readonly onlyFor?: Purpose;
  /** ConfigMaps that a cluster may merge into. */
  readonly settings?: readonly Mergeable[];
  /** What an operator of the cluster makes workloads of, and what belongs to it, by the name of a file. */
  readonly objects?: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** Secrets that only the platform itself must agree on: any random values will do, and something makes them. */
  readonly makes?: readonly SecretDeclaration[];
  /** Secrets of an external server, which the cluster's administrator brings. */
  readonly asksFor?: readonly SecretDeclaration[];
  /** ConfigMaps with files that other applications mount (see `Contributions`). */
  readonly contributes?: readonly { readonly configMap: string; readonly contents: Readonly<Record<string, string>> }[];
  /** Rules of Prometheus, each group an object of its own. */
  readonly rules?: readonly RuleGroup[];
  /** Dashboards of Grafana, each a ConfigMap of this name with one file of JSON. */
  readonly dashboards?: readonly { readonly name: string; readonly json: string; readonly onlyFor?: Purpose }[];
}

/** Returns its argument. */
export const application = (declaration: Application): Application => declaration;
