/** The generated pages, derived from the declarations. */
import {
  connectionTable,
  optionWithout,
  picture,
  workloadTable,
  type Application,
  type Mergeable,
  type Setting,
} from '@cost-onprem/kit';
import { mergeablesOf } from '../../../tools/repository/src/applications.ts';
import { floorsPage } from '../../../tools/floors/src/picture.ts';
import { closedPaths } from './closed-paths.ts';
import { secretsPage } from './secrets.ts';
import { versionsPage } from './versions.ts';

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

/** Code in a cell of a table. A line break would end the row, and a bar would end the cell. */
const code = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `\`${line.replaceAll('|', String.raw`\|`)}\``)
    .join('<br>');

const typeOf = ({ type, pattern }: Setting): string =>
  type ?? (pattern ? code(pattern.source.replaceAll('\\/', '/')) : 'text');

const what = ({ purpose, example, follows }: Setting): string =>
  [
    purpose,
    ...(example ? [`Such as ${code(example)}.`] : []),
    ...Object.entries(follows?.values ?? {}).map(
      ([value, { type }]) => `With ${code(`${follows?.key}=${value}`)}: ${type}.`,
    ),
  ].join(' ');

const settingRows = ({ settings }: Mergeable): string =>
  Object.entries(settings)
    .map(([key, setting]) => {
      const { value = setting.otherwise } = setting;
      return row([code(key), typeOf(setting), value === undefined ? '-' : code(value), who(setting), what(setting)]);
    })
    .join('\n');

const connections = (applications: readonly Application[]): string => `# Who talks to whom

${note}

Policies deny all traffic in the namespace except these connections. Both ends of a connection admit pods with its label,
\`reaches.cost-onprem/<server>.<port>\`. A dotted connection exists only with the overlay that brings the server.

\`\`\`mermaid
${picture(applications)}
\`\`\`

${connectionTable(applications)}

In addition, every pod may query DNS, the router may connect to \`koku-gateway\`, and Prometheus may connect to ports called
\`metrics\`. The platform (\`overlays/platforms\`) names the namespaces of DNS and Prometheus. On Kubernetes \`router-namespace\` of
\`public\` names that of the router.

## Connections that stay closed

| Connection | Why |
| --- | --- |
${closedPaths.map(({ path, why }) => row([path, why])).join('\n')}
`;

const workloads = (applications: readonly Application[]): string => `# What runs

${note} Sizes are in \`overlays/profiles\`.

${workloadTable(applications)}
`;

const tableOf = (mergeable: Mergeable): string => `| Key | Allowed values | Default | Who sets it | What it does |
| --- | --- | --- | --- | --- |
${settingRows(mergeable)}`;

const removal = ({ onlyFor }: Mergeable): string => (onlyFor ? ` \`${optionWithout(onlyFor)}\` removes it.` : '');

const section = (mergeable: Mergeable): string => `
## \`${mergeable.name}\`

${mergeable.purpose}${removal(mergeable)}

${mergeable.files ? `Merge files instead of keys: \`files: [${mergeable.files.join(', ')}]\`.` : tableOf(mergeable)}
`;

const leftOutSection = ({ name, leftOut = [] }: Mergeable): string => `
## Variables that are not keys of \`${name}\`

The readers of \`${name}\` also read the variables of their connections and these, which a cluster cannot set:

| Variables | Why |
| --- | --- |
${leftOut.map(({ variables, why }) => row([variables.map(code).join(', '), why])).join('\n')}
`;

const settings = (mergeables: readonly Mergeable[]): string => `# What a cluster can set

${note} A cluster merges keys into these ConfigMaps in its own \`kustomization.yaml\`; the checks refuse any other key. When a
ConfigMap changes, the pods that read it restart.

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
  'floors.md': floorsPage('Written from `tools/floors/src` by `npm run generate`.'),
  'secrets.md': secretsPage(applications, note),
  'settings.md': settings(mergeablesOf(applications)),
  'versions.md': versionsPage('Written from `tools/schemas/src/minimum-versions.ts` by `npm run generate`.'),
  'workloads.md': workloads(applications),
});
