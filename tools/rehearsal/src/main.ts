#!/usr/bin/env node
/** Command: a stage for rehearsals, and rehearsals on it. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { binary } from '../../binaries/src/binary.ts';
import { clusterNames } from '../../clusters/src/render.ts';
import { readOverlays } from '../../clusters/src/overlays.ts';
import { allowed } from '../../clusters/src/suggest.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { repository } from '../../repository/src/repository.ts';
import { changedBySecondSync } from './again.ts';
import { startArgoCd } from './argo-cd.ts';
import { rehearseChanges } from './changes.ts';
import { startControlPlane } from './control-plane.ts';
import type { Kubectl } from './kubectl.ts';
import { checkMachine } from './machine.ts';
import { endAll, logOf, started } from './processes.ts';
import { syncCluster } from './rehearse.ts';
import { rehearsalReport } from './report.ts';
import { kubeconfig, state } from './stage.ts';

const down = async (): Promise<void> => {
  await endAll(state);
  rmSync(state, { recursive: true, force: true });
};

const lap = (from: number, what: string): void => {
  console.error(`${((performance.now() - from) / 1000).toFixed(1).padStart(6)} s  ${what}`);
};

/** A kustomize that Argo CD's repository server finds under its usual name. */
const kustomizeFolder = async (): Promise<string> => {
  const path = await binary('kustomize');
  const folder = join(state, 'bin');
  mkdirSync(folder, { recursive: true });
  symlinkSync(path, join(folder, 'kustomize'));
  return folder;
};

const up = async (): Promise<Kubectl> => {
  if (started(state).some(({ alive }) => alive))
    throw new Error('a stage is up already; npm run rehearsal -- down ends it');
  checkMachine();
  await down();
  const start = performance.now();
  try {
    const kubectl = await startControlPlane();
    lap(start, 'API server, controllers, scheduler, one node');
    await startArgoCd(kubectl, await kustomizeFolder());
    lap(start, 'Argo CD');
    return kubectl;
  } catch (error) {
    await endAll(state);
    throw error;
  }
};

const upCommand = defineCommand({
  meta: { name: 'up', description: 'Start a control plane with Argo CD, on loopback.' },
  run: withPlainErrors(async () => {
    await up();
    console.log(`export KUBECONFIG=${kubeconfig}`);
  }),
});

const downCommand = defineCommand({
  meta: { name: 'down', description: 'End every process of the stage, and remove what it left.' },
  run: withPlainErrors(down),
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

const clusterCommand = defineCommand({
  meta: {
    name: 'cluster',
    description: 'Let Argo CD sync one cluster from this repository’s HEAD, on a stage of its own.',
  },
  args: {
    cluster: { type: 'positional', required: true, description: 'A folder of clusters/.' },
    with: { type: 'string', default: '', description: 'Options to add, with commas between them.' },
    changes: {
      type: 'boolean',
      default: false,
      description:
        'Then change profile, storage and an option, a commit each, and edit by hand; for a minimal cluster.',
    },
    keep: { type: 'boolean', default: false, description: 'Leave the stage up afterwards, to look around.' },
  },
  run: withPlainErrors(async ({ args }) => {
    const clusters = clusterNames();
    if (!clusters.includes(args.cluster))
      throw new Error(`no cluster ${args.cluster}; ${allowed(args.cluster, clusters)}`);
    const options = args.with.split(',').filter((option) => option !== '');
    const known = Object.keys(readOverlays(repository).options);
    const unknown = options.find((option) => !known.includes(option));
    if (unknown) throw new Error(`no option ${unknown}; ${allowed(unknown, known)}`);
    const kubectl = await up();
    try {
      const application = await syncCluster(kubectl, args.cluster, options);
      console.log(await rehearsalReport(kubectl, application));
      const changed = await changedBySecondSync(kubectl, args.cluster);
      if (changed.length > 0) throw new Error(`a second sync changed what it should not: ${changed.join(', ')}`);
      console.log('  a second sync changed nothing but the hooks');
      if (args.changes) await rehearseChanges(kubectl, args.cluster);
    } finally {
      if (args.keep) console.log(`The stage is still up: export KUBECONFIG=${kubeconfig}`);
      else await down();
    }
  }),
});

const command = defineCommand({
  meta: { name: 'rehearsal', description: 'Rehearse on a real control plane with a real Argo CD.' },
  subCommands: {
    up: upCommand,
    down: downCommand,
    status: statusCommand,
    logs: logsCommand,
    cluster: clusterCommand,
  },
});

await runMain(command);
