/** Combines the rules and panels of all applications, group by group and row by row. */
import { dashboardRows, ruleGroups } from '@cost-onprem/contracts';
import type { Application, Base, Purpose } from '@cost-onprem/kit';
import { dashboard } from './dashboard.ts';

/** What an application brings for one field, by place: a group of rules, or a row of the dashboard. */
type Brought<Item> = readonly (readonly [application: string, items: Readonly<Record<string, readonly Item[]>>])[];

/**
 * The items of all applications for each known place, in the order of the applications.
 * @throws Error with the application, the unknown place and the known ones
 */
const gathered = <Item>(
  places: readonly string[],
  field: 'rules' | 'panels',
  brought: Brought<Item>,
): readonly (readonly [place: string, items: readonly Item[]])[] => {
  for (const [application, items] of brought) {
    const unknown = Object.keys(items).find((place) => !places.includes(place));
    if (unknown !== undefined)
      throw new Error(
        `libs/${application}/src/index.ts: ${field} has ${unknown}, which does not exist. Allowed: ${places.join(', ')}`,
      );
  }
  return places.map((place) => [place, brought.flatMap(([, items]) => items[place] ?? [])] as const);
};

const filled = <Item>(places: readonly (readonly [string, readonly Item[]])[]) =>
  places.filter(([, items]) => items.length > 0);

const assembled = (applications: readonly Application[], onlyFor: Purpose | undefined): Required<Parts> => {
  const rules = gathered(
    ruleGroups,
    'rules',
    applications.map(({ name, rules: own = {} }) => [name, own] as const),
  );
  const rows = gathered(
    dashboardRows,
    'panels',
    applications.map(({ name, panels = {} }) => [name, panels] as const),
  );
  if (!onlyFor)
    return {
      rules: filled(rules).map(([name, each]) => ({ name, rules: each })),
      dashboards: [dashboard(filled(rows))],
    };
  return {
    rules: filled(rules).map(([name, each]) => ({ name: `${name}-${onlyFor}`, onlyFor, rules: each })),
    dashboards: filled(rows).length > 0 ? [{ ...dashboard(filled(rows), onlyFor), onlyFor }] : [],
  };
};

type Parts = Pick<Base, 'rules' | 'dashboards'>;

/**
 * The rules and the dashboard of all applications. Applications that a cluster may do without have groups and a dashboard of
 * their own, so that an option can remove them whole.
 */
export const assemble = (applications: readonly Application[]): Parts => {
  const parts = [...Map.groupBy(applications, ({ onlyFor }) => onlyFor)].map(([onlyFor, those]) =>
    assembled(those, onlyFor),
  );
  return { rules: parts.flatMap(({ rules }) => rules), dashboards: parts.flatMap(({ dashboards }) => dashboards) };
};
