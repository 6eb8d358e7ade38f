/** The steps of a smoke test, from the address to the clean-up, and its verdict. */
import type { Step } from './advice.ts';
import { persistent, type Ask, type Patience } from './ask.ts';
import { costOf, type Rates } from './cost.ts';
import { createCostModel, inDollars, pathOf, reach, remove, waitForCost } from './koku.ts';
import { inWords, waitForNoRecommendation, waitForRecommendations } from './recommendations.ts';
import { makeReport } from './report.ts';
import { createSource, type Source, type SourcesServer } from './sources.ts';
import { upload } from './upload.ts';
import { reportedDay } from './usage.ts';

/** US dollars for one hour. They differ, so that no two kinds of usage can be mistaken for each other. */
export const rates: Rates = { coreUsage: 0.1, coreRequest: 0.2, gibibyteUsage: 0.05 };

/** What a smoke test does. */
export interface Plan {
  /** The identifier of the OpenShift cluster that the report is about, a UUID. */
  readonly clusterId: string;
  /** Whether the cluster has the resource optimisation. */
  readonly recommends: boolean;
  /** The server that takes new sources. */
  readonly sources: SourcesServer;
  /** Seconds to wait in each step. */
  readonly seconds: number;
  /** Seconds between two looks. */
  readonly pause?: number;
  /** Whether the source and the cost model stay. */
  readonly keeps: boolean;
}

/** How a smoke test speaks and stops. */
export interface Surroundings {
  readonly ask: Ask;
  /** Sends the requests of the clean-up, which also run after an interruption. */
  readonly askAfterwards: Ask;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** A step that failed, and why. */
export interface Failure {
  readonly step: Step;
  readonly error: unknown;
  /** Whether the person ended the test. */
  readonly interrupted: boolean;
}

/** How a smoke test ended. */
export interface Verdict {
  /** The failures: of the first step that failed, and of the clean-up after it. None, if the test passed. */
  readonly failures: readonly Failure[];
  /** What was shown, in words. */
  readonly shown: readonly string[];
}

/** What has been created. The members are absent until then. */
interface Created {
  source?: Source;
  costModel?: string;
}

/** Seconds to wait for the end of what is deleted. */
const cleaningTime = 120;

/** The source goes first: Koku would otherwise calculate its costs again without the cost model. */
const cleanUp = async (
  { clusterId, recommends, keeps, pause }: Plan,
  { source, costModel }: Created,
  { askAfterwards: ask, say }: Surroundings,
  day: string,
): Promise<void> => {
  const paths = [
    ...(source === undefined ? [] : [source.path]),
    ...(costModel === undefined ? [] : [pathOf('cost-models', costModel)]),
  ];
  if (keeps) {
    for (const path of paths) say(`kept, because of --keep: ${path}`);
    return;
  }
  const patience: Patience = { seconds: cleaningTime, say, ...(pause !== undefined && { pause }) };
  for (const path of paths) {
    await remove(persistent(ask, patience), path, patience);
    say(`deleted ${path}`);
  }
  if (!recommends || source === undefined) return;
  await waitForNoRecommendation(ask, clusterId, day, patience);
  say('the recommendations are gone');
};

/** Runs all steps until the first failure, and then cleans up in every case. Throws nothing. */
export const runSmoke = async (plan: Plan, surroundings: Surroundings, now = new Date()): Promise<Verdict> => {
  const { clusterId, recommends, sources, seconds, pause } = plan;
  const { ask, say, signal } = surroundings;
  const day = reportedDay(now);
  const created: Created = {};
  const failures: Failure[] = [];
  const shown: string[] = [];
  let step: Step = 'address';
  const begin = (next: Step): Patience => {
    step = next;
    return { seconds, say, ...(pause !== undefined && { pause }), ...(signal && { signal }) };
  };
  try {
    await reach(ask);
    say('the API answers, and accepts the token');
    created.source = await createSource(ask, clusterId, sources, begin('source'));
    say(`source ${created.source.uuid} for the cluster ${clusterId}`);
    created.costModel = await createCostModel(persistent(ask, begin('cost model')), created.source.uuid, rates);
    say(`cost model ${created.costModel}`);
    const patience = begin('upload');
    const report = await makeReport(clusterId, day, now);
    const id = await upload(persistent(ask, patience), report);
    say(`uploaded a report of ${day}, ${Math.ceil(report.archive.byteLength / 1024)} KiB; ingress calls it ${id}`);
    const cost = await waitForCost(ask, clusterId, day, costOf(report.reports, rates), begin('cost'));
    shown.push(`cost to the cent: ${inDollars(cost)}`);
    say(`the cost is right: ${inDollars(cost)}`);
    if (recommends) {
      const found = await waitForRecommendations(ask, clusterId, day, begin('recommendation'));
      shown.push(`recommendations: ${found.map(inWords).join('; ')}`);
      for (const recommendation of found) say(`recommended for ${inWords(recommendation)}`);
    }
  } catch (error) {
    failures.push({ step, error, interrupted: signal?.aborted ?? false });
    say(`failed: ${(error as Error).message}`);
  }
  try {
    await cleanUp(plan, created, surroundings, day);
  } catch (error) {
    failures.push({ step: 'clean up', error, interrupted: false });
    say(`failed: ${(error as Error).message}`);
  }
  return { failures, shown };
};
