/** What understudies report in their logs about their connections. */
import { namespace } from '@cost-onprem/contracts';
import { runningPods, state, until, type Kubectl } from '../kubernetes/index.ts';
import type { Rehearsed } from './check.ts';

/** One line of JSON. */
interface Report {
  readonly understudy: string;
  readonly fails: Readonly<Record<string, string>>;
}

/** The last report in a pod's log. */
export const lastReport = async (kubectl: Kubectl, pod: string): Promise<Report | undefined> => {
  const { out } = await kubectl.run(['logs', pod, '-n', namespace]);
  const line = out.split('\n').findLast((text) => text.startsWith('{"understudy"'));
  return line === undefined ? undefined : (JSON.parse(line) as Report);
};

/** Seconds in which each understudy must report that everything works; it tries every ten seconds. */
const patience = 120;

/** The pods whose image an understudy replaces. */
const played = async ({ kubectl, images }: Rehearsed): Promise<readonly string[]> => {
  const names = new Set(images.filter(({ origin }) => origin === 'understudy').map(({ image }) => image));
  return (await runningPods(kubectl))
    .filter(
      ({ metadata, spec }) => !metadata.deletionTimestamp && spec.containers.some(({ image = '' }) => names.has(image)),
    )
    .map(({ metadata }) => metadata.name);
};

/** @throws Error with the failures of each understudy, or where none reports anything */
export const assertUnderstudiesConnect = async (rehearsed: Rehearsed): Promise<void> => {
  let failures: readonly string[] = [];
  await until('working connections', patience, state, async () => {
    const pods = await played(rehearsed);
    const reports = await Promise.all(
      pods.map(async (pod) => [pod, await lastReport(rehearsed.kubectl, pod)] as const),
    );
    // A pod that runs a program of ours in the image of an understudy reports nothing.
    failures = reports.flatMap(([pod, report]) =>
      Object.entries(report?.fails ?? {}).map(([what, why]) => `${pod}: ${what}: ${why}`),
    );
    return failures.length === 0 && reports.some(([, report]) => report !== undefined);
  }).catch((error: unknown) => {
    throw failures.length > 0 ? new Error(failures.join('\n  ')) : error;
  });
};
