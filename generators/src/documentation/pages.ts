/** The generated pages: everything in them is drawn from the declarations. */
import {
  connectionTable,
  picture,
  workloadTable,
  type Application,
  type Mergeable,
  type Setting,
} from '@cost-onprem/kit';
import { mergeablesOf } from '../../../tools/repository/src/applications.ts';
import { closedPaths } from './closed-paths.ts';
import { secretsPage } from './secrets.ts';

const note = 'Written from `libs/*/src` by `npm run generate`.';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const who = ({ setBy, withOverlay }: Setting): string => {
  if (setBy === 'stack') return 'the stack';
  const cluster = withOverlay
    ? `a cluster with \`${withOverlay}\``
    : setBy === 'cluster'
      ? 'every cluster'
      : 'a cluster';
  return `${cluster} ${setBy === 'cluster' ? 'must' : 'may'}`;
};

/** Code in a cell of a table: a line break would end the row, and a bar the cell. */
const code = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `\`${line.replaceAll('|', String.raw`\|`)}\``)
    .join('<br>');

const typeOf = ({ type, pattern }: Setting): string =>
  type ?? (pattern ? code(pattern.source.replaceAll('\\/', '/')) : 'text');

const settingRows = ({ settings }: Mergeable): string =>
  Object.entries(settings)
    .map(([key, setting]) => {
      const { value = setting.otherwise, purpose, example } = setting;
      return row([
        code(key),
        typeOf(setting),
        value === undefined ? '-' : code(value),
        who(setting),
        example ? `${purpose} Such as ${code(example)}.` : purpose,
      ]);
    })
    .join('\n');

const connections = (applications: readonly Application[]): string => `# Who talks to whom

${note}

Nothing in the namespace talks unless a line here says so: policies deny by default. A path is open at both ends for pods that
bear its label, \`reaches.cost-onprem/<server>.<port>\`. Dotted paths open with the overlay that brings the server.

\`\`\`mermaid
${picture(applications)}
\`\`\`

${connectionTable(applications)}

Besides these: every pod asks DNS; the router reaches \`koku-gateway\`; Prometheus reaches ports called \`metrics\`. Which
namespaces those are in is the platform's (\`overlays/platforms\`).

## Paths that stay closed

| Path | Why |
| --- | --- |
${closedPaths.map(({ path, why }) => row([path, why])).join('\n')}
`;

const workloads = (applications: readonly Application[]): string => `# What runs

${note} Sizes are in \`overlays/profiles\`.

${workloadTable(applications)}
`;

const tableOf = (
  mergeable: Mergeable,
): string => `| Key | What it may be | Where nobody says anything | Who sets it | What it does |
| --- | --- | --- | --- | --- |
${settingRows(mergeable)}`;

const section = (mergeable: Mergeable): string => `
## \`${mergeable.name}\`

${mergeable.purpose}

${mergeable.files ? `Not a key, but \`files: [${mergeable.files.join(', ')}]\`.` : tableOf(mergeable)}
`;

const leftOutSection = ({ name, leftOut = [] }: Mergeable): string => `
## What is no key of \`${name}\`

Those who read it take these variables too, besides those of their connections:

| Variables | Why |
| --- | --- |
${leftOut.map(({ variables, why }) => row([variables.map(code).join(', '), why])).join('\n')}
`;

const settings = (mergeables: readonly Mergeable[]): string => `# What a cluster can set

${note} A cluster merges into these ConfigMaps in its own \`kustomization.yaml\`; any other key is refused. The pods that read a
ConfigMap roll when it changes.

\`\`\`yaml
configMapGenerator:
  - name: koku-settings
    behavior: merge
    literals:
      - RETAIN_NUM_MONTHS=6
\`\`\`
${mergeables.map(section).join('')}${mergeables
  .filter(({ leftOut }) => leftOut)
  .map(leftOutSection)
  .join('')}`;

/** The pages, by file name. */
export const pages = (applications: readonly Application[]): Readonly<Record<string, string>> => ({
  'connections.md': connections(applications),
  'secrets.md': secretsPage(applications, note),
  'settings.md': settings(mergeablesOf(applications)),
  'workloads.md': workloads(applications),
});
