/** Runs Prometheus' rule checker and rule tests on synthetic series. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binary } from '../../binaries/src/binary.ts';
import type { Group } from './rules.ts';

const run = promisify(execFile);

/** The value of a series at a minute; undefined when the series has no sample. */
export type Values = (minute: number) => number | undefined;

/** Series by their names with labels, such as `up{pod="a"}`. */
export type World = Readonly<Record<string, Values>>;

/** The result that an expression must have at a minute: values by labels; empty when it must have no result. */
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

/** Runs promtool and returns its output. It reads our JSON files, because JSON is YAML. */
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
 * Checks that Prometheus can parse the rules and the templates in their annotations.
 * @throws Error with promtool's output
 */
export const checkRules = (groups: readonly Group[]): Promise<string> =>
  promtool({ 'rules.json': { groups } }, 'check', 'rules', '--lint=all', '--lint-fatal', 'rules.json');

/**
 * Lets Prometheus evaluate the rules and compares the results with the expectations.
 * @param step minutes between samples, and between evaluations
 * @throws Error with promtool's output, if a result differs from its expectation
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
