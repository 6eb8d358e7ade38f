import { runbookPath } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit';

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
