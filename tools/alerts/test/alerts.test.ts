/** Prometheus evaluates the rules that clusters get. */
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareBinaries } from '../../binaries/src/binary.ts';
import { checkRules, testRules, type Expectation } from '../src/promtool.ts';
import { alertsOf, readGroups, readQueries } from '../src/rules.ts';
import { faults, harmless, type Case } from './faults.ts';
import { healthy } from './world.ts';

const groups = readGroups();

/** Building promtool takes some minutes when the cache does not have it. */
beforeAll(() => prepareBinaries(['promtool']), 900_000);

const nameOf = (fires: string): string => fires.split('{')[0] ?? '';

const counted = (fires: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    fires.map((each) => [
      `{alertname="${nameOf(each)}"}`,
      fires.filter((other) => nameOf(other) === nameOf(each)).length,
    ]),
  );

const firing = (minute: number, fires: readonly string[]): readonly Expectation[] => [
  { minute, expression: 'count by (alertname) (ALERTS{alertstate="firing"})', values: counted(fires) },
  ...fires.map((each) => ({
    minute,
    expression: `count(${each.replace(/^(\w+)\{/, 'ALERTS{alertname="$1",alertstate="firing",')}) > 0`,
    values: { '{}': each.endsWith('{}') ? fires.filter((other) => nameOf(other) === nameOf(each)).length : 1 },
  })),
];

/** Minutes from which on a case evaluates every five minutes, because evaluating every minute would take too long. */
const long = 240;

const judged = ({ begins, lasts, world, fires }: Case): Promise<string> => {
  const step = lasts < long ? 1 : 5;
  const before = begins > 0 ? firing(begins - step, []) : [];
  return testRules(groups, { ...healthy, ...world }, [...before, ...firing(begins + lasts, fires)], step);
};

const titled = (cases: readonly Case[]) => cases.map((each) => [each.title, each] as const);

test('Prometheus can parse all rules and the queries of the dashboard', async () => {
  const queries = readQueries();
  expect(await checkRules([...groups, queries])).toContain('SUCCESS');
  expect(queries.rules.length).toBeGreaterThan(15);
});

describe('a fault fires its alerts:', () => {
  test.each(titled(faults))('%s', async (_, fault) => {
    expect(await judged(fault)).toContain('SUCCESS');
  });
});

describe('a harmless event fires no alert:', () => {
  test.each(titled(harmless))('%s', async (_, event) => {
    expect(await judged(event)).toContain('SUCCESS');
  });
});

test('every alert fires for at least one fault', () => {
  const fired = new Set(faults.flatMap(({ fires }) => fires.map(nameOf)));
  expect(
    alertsOf(groups)
      .map(({ alert }) => alert)
      .filter((name) => !fired.has(name)),
  ).toEqual([]);
});
