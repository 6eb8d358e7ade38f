import { runbookPath } from '@cost-onprem/contracts';
import { mergeable } from '@cost-onprem/kit';

/** Alerts link to a path in the repository until a cluster sets the page's address, because only the fork knows its host. */
export const monitoring = mergeable({
  name: 'monitoring',
  purpose: 'Settings of alerts.',
  onlyFor: 'monitoring',
  settings: {
    runbook: {
      value: runbookPath,
      purpose: `Address of the page to which alerts link: ${runbookPath} of your fork, as a browser shows it. The rendered page, because a raw file has no headings to link to.`,
      pattern: new RegExp(`${runbookPath}|https?://[^\\s#]+`),
      example: `https://git.example.com/platform/cost-onprem/blob/main/${runbookPath}`,
    },
  },
});
