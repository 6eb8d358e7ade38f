#!/usr/bin/env node
/** Command: prints the quota and the limits in which a cluster always gets its pods, for the namespace's administrator. */
import { defineCommand, runMain } from 'citty';
import { dump } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { refuseUnknown } from '../../repository/src/arguments.ts';
import { clusterNames } from '../../repository/src/clusters.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';
import { largestRatios, namespaceObjects } from './quota.ts';
import { renderCluster } from './render.ts';
import { summarize, type Amount } from './summary.ts';

const amount = ({ cores, gibibytes, nodeGibibytes }: Amount): string =>
  `${cores} cores, ${gibibytes.toFixed(1)} GiB of memory, ${nodeGibibytes.toFixed(1)} GiB on the nodes' disks`;

const command = defineCommand({
  meta: {
    name: 'quota',
    description: 'Print the ResourceQuota and the LimitRange in which a cluster always gets its pods.',
  },
  args: { cluster: { type: 'positional', required: true, description: `One of ${clusterNames().join(', ')}.` } },
  run: withPlainErrors(async (invocation) => {
    refuseUnknown(invocation);
    const { cluster } = invocation.args;
    const { objects } = await renderCluster(cluster);
    const { pods, requests, limits } = summarize(objects);
    const { quota, limits: range } = namespaceObjects(objects, namespace);
    process.stdout.write(`# ${cluster} at rest: ${pods} pods, which request ${amount(requests)}
# and may use ${amount(limits)}.
# The quota is enough for that, for every autoscaler at its maximum, for all Jobs at once, and for a roll-out of everything,
# during which old and new pods run side by side. With less, a roll-out waits, and with too little it never ends.
${dump(quota)}---
# The narrowest limits that refuse no container, init containers included, and no pod. The largest ratios of limit to request:
${largestRatios(objects)
  .map(
    ({ resource, owner, container, ratio }) =>
      `# ${resource} ${ratio.toFixed(1)} in ${owner}, container ${container}\n`,
  )
  .join('')}${dump(range)}`);
  }),
});

await runMain(command);
