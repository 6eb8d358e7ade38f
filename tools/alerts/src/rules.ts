/** The rules that clusters get, read from the base that Argo CD applies. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { repository } from '../../repository/src/repository.ts';

/** A rule in Prometheus' format. */
export interface Rule {
  readonly expr: string;
  readonly record?: string;
  readonly alert?: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Rules that Prometheus evaluates together. */
export interface Group {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** A rule with all fields that an alert must have. */
export interface Alert extends Rule {
  readonly alert: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const file = join(repository, 'libs/monitoring/base/rules.yaml');

/** All groups of all objects of the base. */
export const readGroups = (): readonly Group[] =>
  (loadAll(readFileSync(file, 'utf8')) as readonly { readonly spec: { readonly groups: readonly Group[] } }[]).flatMap(
    ({ spec }) => spec.groups,
  );

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

/** The queries of all dashboards' panels, each as a recording rule, so that promtool can check them. */
export const readQueries = (): Group => {
  const panels = globSync('libs/monitoring/base/files/cost-onprem-dashboard*/*.json', { cwd: repository }).flatMap(
    (path) =>
      (JSON.parse(readFileSync(join(repository, path), 'utf8')) as { readonly panels: readonly Panel[] }).panels,
  );
  const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  return { name: 'dashboards', rules: queries.map((expr, index) => ({ record: `dashboard:query:${index}`, expr })) };
};

/** The alerts among the rules. */
export const alertsOf = (groups: readonly Group[]): readonly Alert[] =>
  groups.flatMap(({ rules }) => rules.filter((rule): rule is Alert => rule.alert !== undefined));
