import { setTimeout as sleep } from 'node:timers/promises';
import { namespace } from '@cost-onprem/contracts';
import { podOf, type Kubectl, type Pod } from '../../../tools/rehearsal/src/kubernetes/index.ts';
import { upload } from './upload.ts';
import { hasOwnServers, type Check } from '../../../tools/rehearsal/src/checks/index.ts';
import { becomesCost, introduce, newPayload } from './payload.ts';
import { holdSummaries, summarizer, summaryHeld, summaryTask } from './summaries.ts';

const logOf = async (kubectl: Kubectl, { metadata }: Pod): Promise<string> =>
  (await kubectl.run(['logs', '--follow', metadata.name, '-n', namespace, '--all-containers'])).out;

/** A rollout during the month's summaries must lose none, because Koku does not acknowledge tasks late. */
export const workerFinishes: Check = {
  real: ['koku'],
  title: 'a worker that is told to stop during a summary finishes it, and no task runs twice',
  stages: ['node'],
  applies: hasOwnServers,
  order: 250,
  run: async ({ kubectl, objects }) => {
    const payload = await newPayload();
    await introduce(kubectl, payload);
    const workload = summarizer(objects);
    const old = await podOf(kubectl, workload);
    const held = holdSummaries(kubectl, 60);
    const said = await upload(kubectl, payload.archive, 60);
    if (said !== 'success') throw new Error(`the listener reports ${said} for a payload`);
    await summaryHeld(kubectl, 45);
    const log = logOf(kubectl, old);
    await kubectl.run(['delete', 'pod', old.metadata.name, '-n', namespace, '--wait=false']);
    await held;
    const ended = await Promise.race([log, sleep(120_000)]);
    if (ended === undefined) throw new Error('the worker still runs two minutes after its task could end');
    const stopping = ended.slice(ended.search(/warm shutdown/i));
    if (!new RegExp(String.raw`${summaryTask}\[[^\]]*\] succeeded`).test(stopping))
      throw new Error(`the worker did not finish its task: ${ended.split('\n').slice(-5).join(' | ')}`);
    await becomesCost(kubectl, payload, 120);
    const { out } = await kubectl.run(['logs', (await podOf(kubectl, workload)).metadata.name, '-n', namespace]);
    if (out.includes(`Task ${summaryTask}[`)) throw new Error('the next pod ran the same task again');
  },
};
