/** Documentation that is drawn from the declarations: who runs, who talks to whom. */
import type { Application, Workload } from './vocabulary.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const code = (text: string): string => `\`${text}\``;

/** All workloads of an application, whichever base they are in. */
export const workloadsOf = ({ bases }: Application): readonly Workload[] =>
  Object.values(bases).flatMap(({ workloads }) => workloads);

const listening = ({ listens = {} }: Workload): string =>
  Object.values(listens)
    .map(({ port, number }) => `${number} ${port}`)
    .join(', ') || '-';

/** Markdown table: what runs, and where it listens. */
export const workloadTable = (applications: readonly Application[]): string =>
  table(
    ['Workload', 'Kind', 'Listens', 'What it does'],
    applications
      .flatMap(workloadsOf)
      .map((workload) => [code(workload.name), workload.kind, listening(workload), workload.purpose]),
  );

/** Markdown table: every path that network policies open between workloads, and no other is. */
export const connectionTable = (applications: readonly Application[]): string =>
  table(
    ['Client', 'Server', 'Port', 'Waits for it', 'Only with'],
    applications
      .flatMap(workloadsOf)
      .flatMap(({ name, connects = [] }) =>
        connects.map(({ to, waitFor, onlyWith }) => [
          code(name),
          code(to.workload),
          String(to.number),
          waitFor ? 'yes' : '-',
          onlyWith ? code(onlyWith) : '-',
        ]),
      ),
  );

/** Mermaid flow chart of the same paths; dotted where an option or another stack opens them. */
export const picture = (applications: readonly Application[]): string =>
  [
    'flowchart LR',
    ...applications.flatMap(({ name, ...application }) => [
      `  subgraph library-${name}[${name}]`,
      ...workloadsOf({ name, ...application }).map((workload) => `    ${workload.name}["${workload.name}"]`),
      '  end',
    ]),
    ...applications
      .flatMap(workloadsOf)
      .flatMap(({ name, connects = [] }) =>
        connects.map(({ to, onlyWith }) => `  ${name} ${onlyWith ? '-.->' : '-->'}|${to.number}| ${to.workload}`),
      ),
  ].join('\n');
