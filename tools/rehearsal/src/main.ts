#!/usr/bin/env node
/** Command: a stage for rehearsals, and rehearsals on it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, runMain, type ArgsDef } from 'citty';
import { clusterNames } from '../../repository/src/clusters.ts';
import { readOverlays } from '../../clusters/src/overlays.ts';
import { allowed } from '../../repository/src/suggest.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { defaultPreference, origins, parsePreference } from './images/index.ts';
import { checkMachine, kubeconfig, logOf, stageNames, started, state, type StageName } from './kubernetes/index.ts';
import { checkAgain, rehearse } from './rehearsal.ts';
import { build, down, up } from './up.ts';

const stageArgument = {
  stage: {
    type: 'string',
    default: 'control-plane',
    description: `${stageNames.join(' (no container runs) or ')} (real containers; needs root).`,
  },
} as const satisfies ArgsDef;

/** @throws Error naming the existing stages */
const stageNamed = (name: string): StageName => {
  const stage = stageNames.find((known) => known === name);
  if (!stage) throw new Error(`no stage ${name}; ${allowed(name, stageNames)}`);
  return stage;
};

const upCommand = defineCommand({
  meta: { name: 'up', description: 'Start a stage: a control plane, a node, and Argo CD.' },
  args: stageArgument,
  run: withPlainErrors(async ({ args }) => {
    await up(stageNamed(args.stage));
    console.log(`export KUBECONFIG=${kubeconfig}`);
  }),
});

const downCommand = defineCommand({
  meta: { name: 'down', description: 'End every process of the stage, and remove its files, interfaces and cgroups.' },
  run: withPlainErrors(down),
});

const buildCommand = defineCommand({
  meta: { name: 'build', description: 'Build all programs and images of a stage that this machine does not have.' },
  args: stageArgument,
  run: withPlainErrors(async ({ args }) => {
    const stage = stageNamed(args.stage);
    checkMachine(stage);
    await build(stage);
  }),
});

const statusCommand = defineCommand({
  meta: { name: 'status', description: 'List the processes of the stage.' },
  run: withPlainErrors(() => {
    const processes = started(state);
    if (processes.length === 0) console.log('no stage is up');
    for (const { name, pid, alive } of processes) console.log(`${alive ? 'runs ' : 'ended'}  ${pid}  ${name}`);
    if (processes.some(({ alive }) => !alive)) process.exitCode = 1;
  }),
});

const logsCommand = defineCommand({
  meta: { name: 'logs', description: 'Print the log of one process.' },
  args: { process: { type: 'positional', required: true, description: 'A name that status lists.' } },
  run: withPlainErrors(({ args }) => {
    const names = existsSync(join(state, 'logs'))
      ? readdirSync(join(state, 'logs')).map((file) => file.replace(/\.log$/, ''))
      : [];
    if (!names.includes(args.process)) throw new Error(`no log of ${args.process}; ${allowed(args.process, names)}`);
    process.stdout.write(readFileSync(logOf(state, args.process), 'utf8'));
  }),
});

/** @throws Error unless the text is a whole number */
const seedOf = (text: string | undefined): number | undefined => {
  if (text !== undefined && !/^\d+$/.test(text)) throw new Error(`--chaos=${text}: must be a whole number`);
  return text === undefined ? undefined : Number(text);
};

const clusterCommand = defineCommand({
  meta: {
    name: 'cluster',
    description: 'Let Argo CD sync one cluster from this repository’s HEAD, on a stage of its own.',
  },
  args: {
    cluster: { type: 'positional', required: true, description: 'A folder of clusters/.' },
    ...stageArgument,
    with: { type: 'string', default: '', description: 'Options to add, separated by commas.' },
    images: {
      type: 'string',
      default: process.env['COST_ONPREM_IMAGES'] ?? defaultPreference,
      description: `Where a real node’s images come from, in the order in which each is looked for (or the variable COST_ONPREM_IMAGES): ${Object.entries(
        origins,
      )
        .map(([name, meaning]) => `${name} (${meaning})`)
        .join('; ')}.`,
    },
    checks: {
      type: 'boolean',
      default: false,
      description: 'Then run the checks of the stage: changes, failures, traffic.',
    },
    long: {
      type: 'boolean',
      default: false,
      description:
        'Then run the checks that take an hour, on a real node: recreated and rotated Secrets, lost and repaired uploads.',
    },
    chaos: {
      type: 'string',
      description: 'Then remove pods at random, on a real node. The value is the seed, a whole number.',
    },
    within: {
      type: 'string',
      default: '600',
      description: 'Seconds in which the cluster must be Synced and Healthy.',
    },
    keep: { type: 'boolean', default: false, description: 'Leave the stage up afterwards.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const clusters = clusterNames();
    if (!clusters.includes(args.cluster))
      throw new Error(`no cluster ${args.cluster}; ${allowed(args.cluster, clusters)}`);
    const options = args.with.split(',').filter((option) => option !== '');
    const known = Object.keys(readOverlays(repository).options);
    const unknown = options.find((option) => !known.includes(option));
    if (unknown) throw new Error(`no option ${unknown}; ${allowed(unknown, known)}`);
    const within = Number(args.within);
    if (!(within > 0)) throw new Error(`--within=${args.within}: must be a number of seconds`);
    const stage = stageNamed(args.stage);
    if (args.long && stage !== 'node') throw new Error('--long: needs containers that run; add --stage=node');
    const { chaos, ...others } = args;
    const seed = seedOf(chaos);
    if (seed !== undefined && stage !== 'node') throw new Error('--chaos: needs containers that run; add --stage=node');
    await rehearse({
      ...others,
      ...(seed !== undefined && { chaos: seed }),
      stage,
      options,
      within,
      images: parsePreference(args.images),
    });
  }),
});

const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Run checks again on the stage that --keep left.' },
  args: {
    words: { type: 'positional', required: false, description: 'Words of the titles of the checks.' },
    chaos: {
      type: 'string',
      description: 'Remove pods at random, on a real node. The value is the seed, a whole number.',
    },
  },
  run: withPlainErrors(async ({ args }) => {
    const seed = seedOf(args.chaos);
    if (args.words === undefined && seed === undefined)
      throw new Error('say which checks: words of their titles, or --chaos=<seed>');
    await checkAgain(args.words, seed);
  }),
});

const command = defineCommand({
  meta: { name: 'rehearsal', description: 'Rehearse on a real Kubernetes with a real Argo CD.' },
  subCommands: {
    up: upCommand,
    down: downCommand,
    build: buildCommand,
    status: statusCommand,
    logs: logsCommand,
    cluster: clusterCommand,
    check: checkCommand,
  },
});

await runMain(command);
