/** The page of the oldest versions that a cluster may have. */
import { minimumVersions } from '../../../tools/schemas/src/minimum-versions.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** @param note first line of every page */
export const versionsPage = (note: string): string => `# Minimum versions

${note}

| Program | Oldest version | Needed by | Why |
| --- | --- | --- | --- |
${minimumVersions.map(({ program, version, neededBy, why }) => row([program, version, neededBy, why])).join('\n')}

A test validates what this repository applies against the schemas of these versions: \`overlays/argo-cd\`, and clusters that
together have every overlay. It refuses a key that the oldest version does not have.

| Program | Kinds | Where the schemas come from | What no test shows |
| --- | --- | --- | --- |
${minimumVersions
  .map(({ program, kinds, source, unproven = '' }) => row([program, kinds.join(', '), source, unproven]))
  .join('\n')}

A schema shows which keys and values an API server takes. It does not show that a controller of that age behaves as this
repository expects.
`;
