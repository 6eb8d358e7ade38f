/** The one page that every alert links to, of the paragraphs that applications bring. */
import type { Application } from '@cost-onprem/kit';

const note = '<!-- Written from libs/*/src/rules/runbook.md by `npm run generate`; edits are lost. -->';

/** First the application that assembles the alerts, whose part begins the page. */
export const runbookPage = (applications: readonly Application[]): string => {
  const ordered = applications.toSorted((one, other) => Number(!one.assembles) - Number(!other.assembles));
  return [note, ...ordered.flatMap(({ runbook = [] }) => runbook)].map((part) => `${part.trim()}\n`).join('\n');
};
