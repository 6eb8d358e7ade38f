#!/usr/bin/env node
/** Command: gives Secrets of a running cluster new values and restarts their readers. */
import { createInterface } from 'node:readline/promises';
import { defineCommand, runMain } from 'citty';
import { renderCluster } from '../../clusters/src/render.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { listed } from './lists.ts';
import { rotateSafely } from './rotate-safely.ts';

const options = {
  context: { type: 'string', required: false, description: 'Context of kubectl; default: the current one.' },
  plan: { type: 'boolean', default: false, description: 'Only print the steps.' },
  yes: { type: 'boolean', default: false, description: 'Do not ask. Needed without a terminal.' },
  'keep-values': {
    type: 'boolean',
    default: false,
    description: 'Only restart the readers: the Secrets have their new values already.',
  },
} as const;

/** Ends with the first Ctrl-C or SIGTERM. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Error('interrupted')));
  return controller.signal;
};

/** Asks on the terminal. */
const askWith =
  (signal: AbortSignal) =>
  async (question: string): Promise<string> => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    // The terminal takes Ctrl-C from the process while it asks.
    terminal.on('SIGINT', () => process.emit('SIGINT'));
    try {
      return await terminal.question(question, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      terminal.close();
    }
  };

const command = defineCommand({
  meta: { name: 'rotate', description: 'Give Secrets of a running cluster new values and restart their readers.' },
  args: {
    cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` },
    secrets: { type: 'positional', required: true, description: 'Names of Secrets, separated by commas, or all.' },
    ...options,
  },
  run: withPlainErrors(async ({ args }) => {
    const { objects } = await renderCluster(args.cluster);
    const signal = interruption();
    await rotateSafely(
      objects,
      {
        cluster: args.cluster,
        secrets: listed(args.secrets),
        keepValues: args['keep-values'],
        context: args.context,
        planOnly: args.plan,
        yes: args.yes,
      },
      { say: (line) => console.log(line), ask: process.stdin.isTTY ? askWith(signal) : undefined, signal },
    );
  }),
});

await runMain(command);
