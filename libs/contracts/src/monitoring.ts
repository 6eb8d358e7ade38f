/** What monitoring and the others must agree on, and what a cluster may say of it. */
import { endpoints, mergeable } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

/** Tells Prometheus of the cache, which does not tell it itself. */
export const valkeyExporter = endpoints('valkey-exporter', { metrics: 9121 });

/** Where the page is that every alert links to, from the root of this repository. */
export const runbookPath = 'libs/monitoring/runbook.md';

/** No host of ours can be known, so an alert names a path, until a cluster says under which address people read it. */
export const monitoring = mergeable({
  name: 'monitoring',
  purpose: 'What alerts say.',
  settings: {
    runbook: {
      value: runbookPath,
      purpose: `Address of the page that alerts link to: where you read ${runbookPath} of your fork in a browser.`,
      pattern: /[^\s#]+/,
    },
  },
});

export const monitoringContract = contract({
  replicated: [valkeyExporter.metrics.workload],
  settings: [monitoring],
});
