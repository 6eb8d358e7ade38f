/** Prometheus' own judgement of rules, on series that are made up. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binary } from '../../binaries/src/binary.ts';
import type { Group } from './rules.ts';

const run = promisify(execFile);

/** The value of a series at a minute; undefined where it is not there. */
export type Values = (minute: number) => number | undefined;

/** Series by their names with labels, such as `up{pod="a"}`. */
export type World = Readonly<Record<string, Values>>;

/** What an expression must give at a minute: values by labels; none where it must give nothing. */
export interface Expectation {
  readonly minute: number;
  readonly expression: string;
  readonly values: Readonly<Record<string, number>>;
}

const unitTest = (world: World, expectations: readonly Expectation[], step: number) => {
  const length = Math.max(...expectations.map(({ minute }) => minute)) / step + 1;
  const sampled = (values: Values) => Array.from({ length }, (_, index) => values(index * step) ?? '_').join(' ');
  return {
    rule_files: ['rules.json'],
    evaluation_interval: `${step}m`,
    tests: [
      {
        interval: `${step}m`,
        input_series: Object.entries(world).map(([series, values]) => ({ series, values: sampled(values) })),
        promql_expr_test: expectations.map(({ minute, expression, values }) => ({
          expr: expression,
          eval_time: `${minute}m`,
          exp_samples: Object.entries(values).map(([labels, value]) => ({ labels, value })),
        })),
      },
    ],
  };
};

/** What promtool says; JSON is YAML, so it reads ours. */
const promtool = async (files: Readonly<Record<string, unknown>>, ...command: readonly string[]): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), JSON.stringify(content));
    }
    const { stdout, stderr } = await run(await binary('promtool'), [...command], { cwd: folder });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(stdout + stderr || String(error), { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * Checks that Prometheus can read the rules, the templates in their annotations included.
 * @throws Error with promtool's own words
 */
export const checkRules = (groups: readonly Group[]): Promise<string> =>
  promtool({ 'rules.json': { groups } }, 'check', 'rules', '--lint=all', '--lint-fatal', 'rules.json');

/**
 * Lets Prometheus evaluate the rules, and compares.
 * @param step minutes from one sample and evaluation to the next
 * @throws Error with promtool's own words, where an expectation is not met
 */
export const testRules = (
  groups: readonly Group[],
  world: World,
  expectations: readonly Expectation[],
  step = 1,
): Promise<string> =>
  promtool(
    { 'rules.json': { groups }, 'test.json': unitTest(world, expectations, step) },
    ...['test', 'rules', 'test.json'],
  );
