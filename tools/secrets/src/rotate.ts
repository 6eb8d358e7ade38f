#!/usr/bin/env node
/** Command: gives Secrets of a running cluster new values and restarts their readers. */
import { spawn } from 'node:child_process';
import { defineCommand, runMain } from 'citty';
import { renderCluster } from '../../clusters/src/render.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { listed } from './lists.ts';
import { rotateCluster, type RunKubectl } from './rotate-cluster.ts';
import { describeRotation, planRotation } from './rotation.ts';

/** Runs the kubectl on PATH. */
const kubectlWith =
  (context: string | undefined): RunKubectl =>
  async (args, input) => {
    const child = spawn('kubectl', [...(context ? ['--context', context] : []), ...args], { stdio: 'pipe' });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.stdin.on('error', () => undefined).end(input ?? '');
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', () => reject(new Error('kubectl is not on PATH: install it')));
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${Buffer.concat(err).toString().trim()}`);
    return { out: Buffer.concat(out).toString() };
  };

const options = {
  context: { type: 'string', required: false, description: 'Context of kubectl; default: the current one.' },
  plan: { type: 'boolean', default: false, description: 'Only print the steps.' },
  'keep-values': {
    type: 'boolean',
    default: false,
    description: 'Only restart the readers: the Secrets have their new values already.',
  },
} as const;

const command = defineCommand({
  meta: { name: 'rotate', description: 'Give Secrets of a running cluster new values and restart their readers.' },
  args: {
    cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` },
    secrets: { type: 'positional', required: true, description: 'Names of Secrets, separated by commas, or all.' },
    ...options,
  },
  run: withPlainErrors(async ({ args }) => {
    const { objects } = await renderCluster(args.cluster);
    const rotation = (() => {
      try {
        return planRotation(objects, listed(args.secrets), args['keep-values']);
      } catch (error) {
        throw new Error(`cluster ${args.cluster}: ${(error as Error).message}`, { cause: error });
      }
    })();
    if (args.plan) return describeRotation(rotation).forEach((step) => console.log(step));
    await rotateCluster(kubectlWith(args.context), rotation, (step) => console.log(step));
    console.log('done: all readers are ready again');
  }),
});

await runMain(command);
