import { namespace } from '@cost-onprem/contracts';
import { randomFunction } from './by-hand.ts';
import { choices, type Overview } from './overview.ts';

/** A plain table, whose columns are as wide as their widest cell. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const beforeFirstSync = ['# before the first sync', `kubectl create namespace ${namespace}`];

/** The overview as lines of plain text. */
export const overviewText = (cluster: string, { choice, needed, optional }: Overview): readonly string[] => {
  const due = needed.filter(({ todo }) => todo !== undefined);
  // Several Secrets may need the same command.
  const todos = [...Map.groupBy(due, ({ todo }) => todo ?? '')];
  return [
    `${cluster} needs these Secrets. Its choice is overlays/secrets/${choice}: ${choices[choice]}.`,
    '',
    ...table([
      ['SECRET', 'KEYS', 'MADE BY', 'TO DO'],
      ...needed.map(({ name, keys, madeBy, todo }) => [name, keys.join(', '), madeBy, todo ? 'see below' : 'nothing']),
    ]),
    '',
    ...(due.length === 0
      ? ['A person has nothing to do.']
      : [
          'A person must do this, unless it is done; in bash, one command after the other:',
          ...(due.some(({ todo }) => todo?.includes('kubectl ')) ? ['', ...beforeFirstSync] : []),
          ...(due.some(({ todo }) => todo?.includes('<(random ')) ? ['', randomFunction] : []),
          ...todos.flatMap(([todo, rows]) => ['', `# ${rows.map(({ name }) => name).join(', ')}`, todo]),
        ]),
    ...(optional.length === 0
      ? []
      : [
          '',
          'Optional, and no pod waits for one:',
          ...optional.flatMap(({ name, purpose, todo = '' }) => ['', `# ${name}: ${purpose}`, todo]),
          '',
          `Then restart the readers: npm run rotate -- ${cluster} <secret>`,
        ]),
  ];
};
