#!/usr/bin/env node
/** Command: mutates clusters at random, and looks for one that the checks judge badly. */
import { rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import * as fc from 'fast-check';
import { renderCluster } from '../../clusters/src/render.ts';
import { copyRepository } from '../../scratch/src/copy.ts';
import { exampleNames, exampleText, type ExampleName } from '../../scratch/src/examples.ts';
import { endAll, startControlPlane, state, type Kubectl } from '../../rehearsal/src/kubernetes/index.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { mutated } from './apply.ts';
import { judge } from './judge.ts';
import { inputs } from './mutations.ts';
import { prepareServer, refusedByProject, refusedByServer } from './referees.ts';

const whole = (name: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`--${name}=${text}: must be a whole number`);
  return Number(text);
};

interface Counts {
  accepted: number;
  refused: number;
}

/** A stage of an API server alone, ended afterwards. */
const withServer = async <Result>(wanted: boolean, work: (kubectl?: Kubectl) => Promise<Result>): Promise<Result> => {
  if (!wanted) return work();
  mkdirSync(join(state, 'logs'), { recursive: true });
  try {
    const kubectl = await startControlPlane('127.0.0.1');
    await prepareServer(kubectl);
    return await work(kubectl);
  } finally {
    await endAll(state);
    rmSync(state, { recursive: true, force: true });
  }
};

/** What is wrong with the judgement of one input, or undefined. */
const failureOf = async (
  root: string,
  files: ReadonlyMap<string, string>,
  counts: Counts,
  kubectl: Kubectl | undefined,
): Promise<string | undefined> => {
  const verdict = await judge(root, 'fuzzed', files);
  if (verdict.kind === 'crashed') return verdict.why;
  counts[verdict.kind] += 1;
  if (verdict.kind === 'refused') return undefined;
  const { objects } = verdict.render;
  const refused = [...refusedByProject(root, objects), ...(kubectl ? await refusedByServer(kubectl, objects) : [])];
  return refused.length > 0 ? `accepted, although ${refused.join('; ')}` : undefined;
};

/** Failures with the same words are of one kind, whatever names and numbers they have. */
const kindOf = (failure: string): string => (failure.split('\n')[0] ?? '').replaceAll(/\d+|[\w.-]*[/-][\w./-]*/g, '');

/** One failure of each kind, with the smallest input that gave it. */
const allFailures = async (
  root: string,
  renders: ReadonlyMap<ExampleName, readonly Manifest[]>,
  kubectl: Kubectl | undefined,
  parameters: { readonly numRuns: number; readonly seed: number },
  counts: Counts,
): Promise<readonly string[]> => {
  const failures = new Map<string, string>();
  let done = 0;
  for (const input of fc.sample(inputs, parameters)) {
    const example = exampleNames[input.example % exampleNames.length] as ExampleName;
    const files = mutated(input, exampleText(example), renders.get(example) ?? []);
    const failure = await failureOf(root, files, counts, kubectl);
    if (failure !== undefined) {
      const told = `${failure}\n  ${example} with ${JSON.stringify(input.mutations).slice(0, 1000)}`;
      const known = failures.get(kindOf(failure));
      if (known === undefined || told.length < known.length) failures.set(kindOf(failure), told);
    }
    done += 1;
    if (done % 50 === 0) console.error(`${done} inputs: ${counts.refused} refused, ${counts.accepted} accepted`);
  }
  return [...failures.values()];
};

const command = defineCommand({
  meta: {
    name: 'fuzz',
    description:
      'Mutate clusters at random. Each must be refused in sentences, or rendered to what the AppProject and an API server accept.',
  },
  args: {
    runs: { type: 'string', default: '200', description: 'How many inputs.' },
    seed: { type: 'string', default: '1', description: 'The same seed gives the same inputs.' },
    server: {
      type: 'boolean',
      default: false,
      description: 'Let a real API server judge what is accepted. It is built first; see tools/rehearsal/README.md.',
    },
  },
  run: withPlainErrors(async ({ args }) => {
    const [numRuns, seed] = [whole('runs', args.runs), whole('seed', args.seed)];
    const { root, remove } = copyRepository('fuzz');
    const counts: Counts = { accepted: 0, refused: 0 };
    const renders = new Map<ExampleName, readonly Manifest[]>();
    const start = performance.now();
    try {
      for (const name of exampleNames) renders.set(name, (await renderCluster(name, root)).objects);
      const failures = await withServer(args.server, (kubectl) =>
        allFailures(root, renders, kubectl, { numRuns, seed }, counts),
      );
      const seconds = Math.round((performance.now() - start) / 1000);
      const said = `${numRuns} inputs in ${seconds} s, seed ${seed}: ${counts.refused} refused in sentences, ${counts.accepted} accepted`;
      if (failures.length > 0)
        throw new Error([...failures, `${said}, ${failures.length} kinds of failures`].join('\n\n'));
      console.log(`${said}${args.server ? ' by the API server too' : ''}`);
    } finally {
      remove();
    }
  }),
});

await runMain(command);
