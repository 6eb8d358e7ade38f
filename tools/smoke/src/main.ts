#!/usr/bin/env node
/** Command: one upload through the public address of a running cluster, to cost and recommendations. */
import { randomUUID } from 'node:crypto';
import { defineCommand, runMain } from 'citty';
import { renderCluster } from '../../clusters/src/render.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { targetOf } from './cluster.ts';
import { httpsClient, type Client } from './https.ts';
import { identityOf, testOrganisation } from './identity.ts';
import { runSmoke } from './run.ts';
import { addressOf, caOf, organisationPart, secondsOf, tokenOf, tokenVariable } from './settings.ts';
import { verdictText } from './verdict.ts';

const options = {
  'token-file': { type: 'string', description: `File with the token. Default: the variable ${tokenVariable}.` },
  organisation: {
    type: 'string',
    default: testOrganisation.id,
    description: 'Identifier of the organisation that gets the report.',
  },
  account: { type: 'string', default: testOrganisation.account, description: 'Account number of that organisation.' },
  ca: { type: 'string', description: 'File with certificates, as PEM, to trust besides those of this machine.' },
  address: { type: 'string', description: 'https://<host>:<port>. Default: the public host of the cluster’s folder.' },
  timeout: { type: 'string', default: '600', description: 'Seconds to wait in each step, such as for the cost.' },
  keep: { type: 'boolean', default: false, description: 'Leave the source and the cost model, to look at them.' },
} as const;

/** Ends with the first Ctrl-C or SIGTERM. A second one ends the process at once. */
const interruption = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Error('interrupted')));
  return controller.signal;
};

/** Prints lines with the seconds since the start. */
const stopwatch = () => {
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
  return { seconds, say: (line: string): void => console.log(`${seconds().padStart(7)} s  ${line}`) };
};

const command = defineCommand({
  meta: {
    name: 'smoke',
    description:
      'Send one upload through the public address of a running cluster, and wait for cost and recommendations.',
  },
  args: {
    cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` },
    ...options,
  },
  run: withPlainErrors(async ({ args }) => {
    const token = tokenOf(process.env, args['token-file']);
    const seconds = secondsOf('timeout', args.timeout);
    const organisation = {
      id: organisationPart('organisation', args.organisation),
      account: organisationPart('account', args.account),
    };
    const ca = args.ca === undefined ? undefined : caOf(args.ca);
    const given = args.address === undefined ? undefined : addressOf(args.address);
    const target = targetOf((await renderCluster(args.cluster)).objects, args.cluster);
    const { recommends, sources } = target;
    const address = given ?? new URL(`https://${target.host}`);
    const client: Client = {
      address,
      token,
      identity: identityOf(organisation, 'smoke-test'),
      ...(ca !== undefined && { ca }),
    };
    const signal = interruption();
    const { say, seconds: elapsed } = stopwatch();
    say(`${args.cluster} at ${address.origin}, organisation ${organisation.id}`);
    const verdict = await runSmoke(
      { clusterId: randomUUID(), recommends, sources, seconds, keeps: args.keep },
      { ask: httpsClient({ ...client, signal }), askAfterwards: httpsClient(client), say, signal },
    );
    const text = verdictText(verdict, args.cluster, target.workloads, elapsed());
    if (verdict.failures.length > 0) throw new Error(text);
    console.log(text);
  }),
});

await runMain(command);
