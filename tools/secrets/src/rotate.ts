#!/usr/bin/env node
/** Command: gives Secrets of a running cluster new values, and restarts who reads them. */
import { spawn } from 'node:child_process';
import { defineCommand, runMain } from 'citty';
import { clusterNames, renderCluster } from '../../clusters/src/render.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { listed, refuseUnknown } from './arguments.ts';
import { rotateCluster, type RunKubectl } from './rotate-cluster.ts';
import { describeRotation, planRotation } from './rotation.ts';

/** kubectl of the PATH. */
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
  context: { type: 'string', required: false, description: 'Context of kubectl; the current one where left out.' },
  plan: { type: 'boolean', default: false, description: 'Only say what would be done.' },
  'keep-values': {
    type: 'boolean',
    default: false,
    description: 'Only restart: the Secrets have their new values already.',
  },
} as const;

const command = defineCommand({
  meta: { name: 'rotate', description: 'Give Secrets of a running cluster new values, and restart who reads them.' },
  args: {
    cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` },
    secrets: { type: 'positional', required: true, description: 'Names with commas between them, or all.' },
    ...options,
  },
  run: withPlainErrors(async ({ args, rawArgs }) => {
    refuseUnknown(rawArgs, Object.keys(options));
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
    console.log('done: all that read them are ready again');
  }),
});

await runMain(command);
