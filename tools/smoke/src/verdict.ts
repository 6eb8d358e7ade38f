/** The end of a smoke test, in words. */
import { adviceFor } from './advice.ts';
import type { Verdict } from './run.ts';

/**
 * The verdict: what was shown, or each failure with what to look at next.
 * @param workloads names of all workloads of the cluster
 * @param seconds that the test took
 */
export const verdictText = (
  { failures, shown }: Verdict,
  cluster: string,
  workloads: readonly string[],
  seconds: string,
): string =>
  failures.length === 0
    ? [`PASSED: ${cluster}, in ${seconds} s`, ...shown.map((line) => `  ${line}`)].join('\n')
    : failures
        .flatMap(({ step, error, interrupted }) => {
          const where = `${cluster}, at the step “${step}”, after ${seconds} s`;
          if (interrupted) return [`INTERRUPTED: ${where}`];
          return [
            `FAILED: ${where}: ${(error as Error).message}`,
            ...adviceFor(step, error, workloads).map((line) => `  ${line}`),
          ];
        })
        .join('\n');
