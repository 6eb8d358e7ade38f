#!/usr/bin/env node
/** Command: tells Argo CD about a fork, and adds its first cluster. */
import { defineCommand, runMain } from 'citty';
import { clusterFiles, settingsIn, type ClusterRequest } from '../../../generators/cluster/cluster.ts';
import { nextSteps, numbered } from '../../../generators/cluster/next-steps.ts';
import { choices } from '../../clusters/src/layers.ts';
import { readOverlays, type Overlays } from '../../clusters/src/overlays.ts';
import { readFork } from '../../repository/src/argo-cd.ts';
import { clusterNames, projectNames } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository as root } from '../../repository/src/repository.ts';
import { faultsOf, flagOf, flags, known, missing, originOf, type Answers } from './answers.ts';
import { clustersIn, described, examplesIn, planOf } from './changes.ts';
import { askMissing, confirmChanges } from './questions.ts';
import { refuseUncommitted, writeChanges } from './write.ts';

type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** All values of a flag that may be repeated; citty keeps only the last. */
const repeated = (rawArgs: readonly string[], flag: string): readonly string[] =>
  rawArgs.flatMap((argument, index) => {
    if (argument === `--${flag}`) return [rawArgs[index + 1] ?? ''];
    return argument.startsWith(`--${flag}=`) ? [argument.slice(flag.length + 3)] : [];
  });

/** The answers that flags give. An empty value counts as none. */
const given = (args: Flags, rawArgs: readonly string[]): Answers => {
  const value = (flag: string): string | undefined => {
    const text = args[flag];
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
  const named: readonly (readonly [string, string | undefined])[] = [
    ['repository', value('repository')],
    ['revision', value('revision')],
    ['argoCdNamespace', value('argo-cd-namespace')],
    ['cluster', value('cluster')],
    ['host', value('host')],
    ['options', value('options')],
    ['settings', repeated(rawArgs, 'settings').join(',') || undefined],
    ...choices.map(({ argument }) => [argument, value(flagOf(argument))] as const),
  ];
  return {
    ...Object.fromEntries(named.filter(([, text]) => text !== undefined)),
    ...(args['keep-examples'] === true && { keepExamples: true }),
  };
};

/** @throws Error with every sentence, if there are any */
const refuse = (faults: readonly string[]): void => {
  if (faults.length > 0) throw new Error(faults.join('\n'));
};

/** The cluster's file. A cluster that exists may be asked for again. */
const clusterOf = async (answers: Answers, overlays: Overlays): Promise<Readonly<Record<string, string>>> => {
  const { cluster: name, host = '', options = '', settings = '' } = answers;
  if (name === undefined) return {};
  const request: ClusterRequest = {
    ...Object.fromEntries(
      choices.flatMap(({ argument }) => (answers[argument] === undefined ? [] : [[argument, answers[argument]]])),
    ),
    name,
    host,
    options: options.split(',').flatMap((option) => option.trim() || []),
    settings: settingsIn(settings),
    description: `Cluster ${name}.`,
  };
  const exists = clustersIn(root).includes(name);
  const taken = new Set(exists ? [] : [...clusterNames(root), ...projectNames(root)]);
  return clusterFiles(request, overlays, taken);
};

const isTerminal = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

const command = defineCommand({
  meta: {
    name: 'init',
    description: 'Tell Argo CD about this fork, add the first cluster, and put the examples away.',
  },
  args: flags,
  run: withPlainErrors(async ({ args, rawArgs }: { readonly args: Flags; readonly rawArgs: string[] }) => {
    const overlays = readOverlays(root);
    const asked = given(args, rawArgs);
    refuse(faultsOf(asked));
    const own = known(readFork(root), originOf(root));
    const hasClusters = clustersIn(root).length > 0;
    const lacking = missing({ ...own, ...asked }, hasClusters);
    const asks = lacking.length > 0 && isTerminal();
    if (lacking.length > 0 && !asks)
      throw new Error(
        `without a terminal, init cannot ask; it needs ${lacking.map((flag) => `--${flag}`).join(', ')} (--help describes the flags)`,
      );
    const surroundings = { known: own, overlays, hasClusters, examples: examplesIn(root) };
    const answers = asks ? await askMissing(asked, surroundings) : { ...own, ...asked };
    refuse(faultsOf(answers));
    const { repository: url = '', revision = '', argoCdNamespace: namespace = '', keepExamples = false } = answers;
    const cluster = await clusterOf(answers, overlays);
    const { changes, already } = planOf(root, { fork: { url, revision, namespace }, cluster, keepExamples });
    for (const sentence of already) console.log(sentence);
    const text = changes.map(described).join('\n');
    if (args['dry-run'] === true) {
      console.log(text === '' ? 'Nothing would change.' : `${text}\nNothing was changed, because of --dry-run.`);
      return;
    }
    if (changes.length === 0) {
      console.log('Nothing to change.');
      return;
    }
    refuseUncommitted(root, changes);
    if (asks) await confirmChanges(text);
    else console.log(text);
    writeChanges(root, changes);
    const steps = answers.cluster === undefined ? ['run npm start'] : await nextSteps(answers.cluster, root);
    console.log(
      numbered([
        ...steps,
        'commit all of this and push it',
        'bootstrap Argo CD once, as overlays/argo-cd/README.md says: kubectl apply --server-side -k overlays/argo-cd',
      ]),
    );
  }),
});

await runMain(command);
