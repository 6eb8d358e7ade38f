/** From a few words to an application that passes the whole build: its library, and its lines in those of others. */

/** What is asked for. */
export interface ApplicationRequest {
  readonly name: string;
  readonly workload: string;
  readonly image: string;
  readonly port: number;
  readonly purpose: string;
  readonly stacks: readonly string[];
}

/** Reads a file of the repository. */
type Read = (path: string) => string;

const dnsLabel = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

const camelCase = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const library = ({ name, workload, image, purpose }: ApplicationRequest) => ({
  [`libs/${name}/src/index.ts`]: `import { application } from '@cost-onprem/kit';
import { ${camelCase(workload)} } from './${workload}.ts';

/** ${purpose} */
export default application({ name: '${name}', bases: { '.': { workloads: [${camelCase(workload)}] } } });
`,
  [`libs/${name}/src/${workload}.ts`]: `import { ${camelCase(workload)} as listens } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

// renovate: datasource=docker
const image = '${image}';

const answers = (failures: number): Probe => ({
  check: { connectTo: listens.http },
  every: 10,
  timeout: 5,
  failures,
});

/** ${purpose} */
export const ${camelCase(workload)} = workload({
  name: '${workload}',
  purpose: ${JSON.stringify(purpose)},
  kind: 'Deployment',
  image,
  wave: 'application',
  listens,
  probes: { startup: answers(30), readiness: answers(3), liveness: answers(6) },
});
`,
});

/**
 * Puts text into a file, at a place that must be there.
 * @throws Error naming the file and what it lacks
 */
const inserted = (read: Read, path: string, place: RegExp, text: (found: string) => string) => {
  const before = read(path);
  if (!place.test(before)) throw new Error(`${path}: has no ${String(place)}, where the new lines would go`);
  return { [path]: before.replace(place, text) };
};

const row = (
  workload: string,
  replicas: number,
): string => `    // Not measured yet: correct it where a rehearsal shows better.
    '${workload}': {
      replicas: ${replicas},
      millicores: { request: 50, limit: 200 },
      mebibytes: { request: 128, limit: 256 },
    },
`;

const endsServices = /^ {2}\},\n {2}jobs: \{/m;

const others = ({ name, workload, port, stacks }: ApplicationRequest, read: Read) => ({
  ...inserted(
    read,
    'libs/contracts/src/endpoints.ts',
    /\n*$/,
    () => `\n\nexport const ${camelCase(workload)} = endpoints('${workload}', { http: ${port} });\n`,
  ),
  ...inserted(read, 'libs/contracts/src/workloads.ts', /export type ServiceName =[^;]*/, (found) => {
    const names = [...found.matchAll(/'([^']+)'/g)].map(([, known = '']) => known);
    return `export type ServiceName = ${[...names, workload]
      .toSorted()
      .map((known) => `'${known}'`)
      .join(' | ')}`;
  }),
  ...inserted(read, 'libs/profiles/src/minimal.ts', endsServices, (found) => `${row(workload, 1)}${found}`),
  ...inserted(read, 'libs/profiles/src/production.ts', endsServices, (found) => `${row(workload, 2)}${found}`),
  ...Object.assign(
    {},
    ...stacks.map((stack) =>
      inserted(
        read,
        `overlays/stacks/${stack}/kustomization.yaml`,
        /(?: {2}- \.\.\/\.\.\/\.\.\/libs\/\S+\n)+/,
        (found) => `${found}  - ../../../libs/${name}/base\n`,
      ),
    ),
  ),
});

const faultsOf = (
  { name, workload, image, port, stacks }: ApplicationRequest,
  taken: ReadonlySet<string>,
  knownStacks: readonly string[],
): readonly string[] => [
  ...[name, workload]
    .filter((word, index, words) => !dnsLabel.test(word) && words.indexOf(word) === index)
    .map((word) => `${word} is no name: it must be up to 63 of a-z, 0-9 and -, beginning with a letter`),
  ...(taken.has(name) ? [`libs/${name} is there already`] : []),
  ...(/[^/]:[^/:@]+(@sha256:[a-f0-9]{64})?$/.test(image) && !image.endsWith(':latest')
    ? []
    : [`image ${image} has no tag that stays what it is`]),
  ...(Number.isInteger(port) && port > 1023 && port < 65_536 ? [] : [`port ${port} is not between 1024 and 65535`]),
  ...stacks
    .filter((stack) => !knownStacks.includes(stack))
    .map((stack) => `the stack ${stack} does not exist; there are ${knownStacks.join(', ')}`),
];

/**
 * All files that adding an application writes or changes, by path in the repository.
 * @param taken names of the libraries that there are
 * @throws Error with all faults of the request, one a line
 */
export const applicationFiles = (
  request: ApplicationRequest,
  read: Read,
  taken: ReadonlySet<string>,
  knownStacks: readonly string[],
): Readonly<Record<string, string>> => {
  const faults = faultsOf(request, taken, knownStacks);
  if (faults.length > 0) throw new Error(faults.map((fault) => `application ${request.name}: ${fault}`).join('\n'));
  return { ...library(request), ...others(request, read) };
};
