/** Documentation that the kit derives from declarations: tables and a picture of workloads and connections. */
import { environment } from './environment.ts';
import { withPurpose } from './purposes.ts';
import { alone, portsOf } from './sidecars.ts';
import type {
  Application,
  Connection,
  Mergeable,
  OptionalSecret,
  Reference,
  SecretDeclaration,
  Workload,
} from './vocabulary.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const code = (text: string): string => `\`${text}\``;

/** The workloads of all bases of an application. */
export const workloadsOf = ({ bases }: Application): readonly Workload[] =>
  Object.values(bases).flatMap(({ workloads }) => workloads);

/** The ConfigMaps of an application that a cluster may merge into. */
export const settingsOf = (application: Application): readonly Mergeable[] =>
  Object.values(application.bases).flatMap((base) => withPurpose(base, application).settings ?? []);

const listening = (workload: Workload): string =>
  portsOf(workload)
    .map(({ port, number }) => `${number} ${port}`)
    .join(', ') || '-';

/** Markdown table: workloads and their ports. */
export const workloadTable = (applications: readonly Application[]): string =>
  table(
    ['Workload', 'Kind', 'Listens', 'What it does'],
    applications
      .flatMap(workloadsOf)
      .map((workload) => [code(workload.name), workload.kind, listening(workload), workload.purpose]),
  );

/** Markdown table: all connections between workloads that network policies allow. */
export const connectionTable = (applications: readonly Application[]): string =>
  table(
    ['Client', 'Server', 'Port', 'Waits for it', 'When'],
    applications
      .flatMap(workloadsOf)
      .flatMap(({ name, connects = [] }) =>
        connects.map(({ to, waitFor, when }) => [
          code(name),
          code(to.workload),
          String(to.number),
          waitFor ? 'yes' : '-',
          when ? code(when) : 'always',
        ]),
      ),
  );

/** Up to how many workloads of one application a cell names. */
const named = 3;

const containerReads = (workload: Workload, { name, key }: Pick<Reference, 'name' | 'key'>): boolean =>
  (workload.secretFiles ?? []).some(({ secret }) => secret.name === name) ||
  Object.values(environment(workload)).some(
    (value) => typeof value !== 'string' && value.kind === 'Secret' && value.name === name && value.key === key,
  );

const reads = (workload: Workload, reference: Pick<Reference, 'name' | 'key'>): boolean =>
  [workload, ...(workload.sidecars ?? []).map((sidecar) => alone(workload, sidecar))].some((container) =>
    containerReads(container, reference),
  );

const keyReaders = (reference: Pick<Reference, 'name' | 'key'>, applications: readonly Application[]): string =>
  applications
    .flatMap((application) => {
      const readers = workloadsOf(application).filter((workload) => reads(workload, reference));
      if (readers.length === 0) return [];
      return readers.length > named
        ? [`${readers.length} of ${application.name}`]
        : readers.map((reader) => code(reader.name));
    })
    .join(', ');

const declaredBy = (
  applications: readonly Application[],
  field: 'makes' | 'asksFor',
  { name }: SecretDeclaration,
): boolean =>
  applications
    .flatMap(({ bases }) => Object.values(bases))
    .some((base) => base[field]?.some((declared) => declared.name === name));

/** Whether a base accepts random values for a Secret, because its own servers take any. */
export const mayBeMade = (declaration: SecretDeclaration, applications: readonly Application[]): boolean =>
  declaredBy(applications, 'makes', declaration);

const secretValues = (declaration: SecretDeclaration, applications: readonly Application[]): string =>
  [
    ...(mayBeMade(declaration, applications) ? ['random'] : []),
    ...(declaredBy(applications, 'asksFor', declaration) ? ['those of the external server'] : []),
  ].join(', or ');

/** Markdown table: all Secrets and keys, their possible values, and the workloads that read them. */
export const secretTable = (secrets: readonly SecretDeclaration[], applications: readonly Application[]): string =>
  table(
    ['Secret', 'Key', 'Characters', 'Values', 'Read by', 'Read only with'],
    secrets.flatMap((declaration) =>
      Object.entries(declaration.lengths).map(([key, length]) => [
        ...[code(declaration.name), code(key), String(length)],
        ...[secretValues(declaration, applications), keyReaders({ name: declaration.name, key }, applications)],
        declaration.readWith ? `${code(declaration.readWith.key)} of ${code(declaration.readWith.name)}` : '-',
      ]),
    ),
  );

/** Markdown table: Secrets that a cluster may add. */
export const optionalSecretTable = (secrets: readonly OptionalSecret[], applications: readonly Application[]): string =>
  table(
    ['Secret', 'Key', 'Value', 'What it is for', 'Read by'],
    secrets.flatMap(({ name, purpose, contents }) =>
      Object.entries(contents).map(([key, content]) => [
        ...[code(name), code(key), content, purpose],
        keyReaders({ name, key }, applications),
      ]),
    ),
  );

/** Workloads that the picture shows as one node. The first stands for all. */
interface Group {
  readonly first: Workload;
  readonly title: string;
}

const commonStart = (names: readonly string[]): string => {
  const [first = ''] = names;
  let length = first.length;
  while (!names.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
};

/** Groups the workloads of an application that differ only in name and have no clients. */
const groups = (workloads: readonly Workload[], servers: ReadonlySet<string>): readonly Group[] => {
  const alike = Object.groupBy(workloads, ({ name, kind, connects = [], listens = {} }) =>
    servers.has(name) ? name : JSON.stringify([kind, Object.keys(listens), connects.map(({ to, when }) => [to, when])]),
  );
  return Object.values(alike).flatMap((members = []) => {
    const [first, ...others] = members;
    if (!first) return [];
    const title =
      others.length === 0 ? first.name : `${commonStart(members.map(({ name }) => name))}* (${members.length})`;
    return [{ first, title }];
  });
};

const arrow = ({ to, when }: Connection): string => (when ? `-.->|"${to.number} with ${when}"|` : `-->|${to.number}|`);

/** Mermaid flow chart of the same connections. Those that an overlay adds are dotted and labelled with its name. */
export const picture = (applications: readonly Application[]): string => {
  const connected = applications.flatMap(workloadsOf).flatMap(({ connects = [] }) => connects);
  const servers = new Set(connected.map(({ to }) => to.workload));
  const drawn = applications.map((application) => ({
    library: application.name,
    nodes: groups(workloadsOf(application), servers),
  }));
  return [
    'flowchart LR',
    ...drawn.flatMap(({ library, nodes }) => [
      `  subgraph library-${library}[${library}]`,
      ...nodes.map(({ first, title }) => `    ${first.name}["${title}"]`),
      '  end',
    ]),
    ...drawn
      .flatMap(({ nodes }) => nodes)
      .flatMap(({ first: { name, connects = [] } }) =>
        connects.map((connection) => `  ${name} ${arrow(connection)} ${connection.to.workload}`),
      ),
  ].join('\n');
};
