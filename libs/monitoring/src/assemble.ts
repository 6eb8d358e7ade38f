/** Combines the rules and panels of all applications, group by group and row by row. */
import { dashboardRows, ruleGroups } from '@cost-onprem/contracts';
import type { Application, Base } from '@cost-onprem/kit';
import { dashboard } from './dashboard.ts';

/**
 * The items of all applications for each known place, in the order of the applications.
 * @throws Error with the application, the unknown place and the known ones
 */
const gathered = <Item>(
  places: readonly string[],
  field: 'rules' | 'panels',
  brought: readonly (readonly [application: string, items: Readonly<Record<string, readonly Item[]>>])[],
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

/** The rules and the dashboard of all applications. */
export const assemble = (applications: readonly Application[]): Partial<Base> => ({
  rules: gathered(
    ruleGroups,
    'rules',
    applications.map(({ name, rules = {} }) => [name, rules] as const),
  ).map(([name, rules]) => ({ name, rules })),
  dashboards: [
    dashboard(
      gathered(
        dashboardRows,
        'panels',
        applications.map(({ name, panels = {} }) => [name, panels] as const),
      ),
    ),
  ],
});
