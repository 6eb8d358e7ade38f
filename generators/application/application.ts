/** From a few words to an application that passes the whole build: its library, and its lines in those of others. */
import { requestFaults, type Known, type Read } from './faults.ts';
import { libraryFiles, type ApplicationRequest } from './library.ts';
import { camelCase } from './names.ts';

export type { ApplicationRequest } from './library.ts';

/** Where new lines go: a pattern, and how a reader calls it. */
interface Place {
  readonly pattern: RegExp;
  readonly title: string;
}

/**
 * Puts text into a file, at a place that must be there.
 * @throws Error naming the file and what it lacks
 */
const inserted = (read: Read, path: string, { pattern, title }: Place, text: (found: string) => string) => {
  const before = read(path);
  if (!pattern.test(before)) throw new Error(`${path}: has no ${title}, where the new lines would go`);
  return { [path]: before.replace(pattern, text) };
};

const lastEndpoints: Place = {
  pattern: /^export const \w+ = endpoints\([^;]*\);\n(?![^]*^export const \w+ = endpoints\()/m,
  title: '“export const … = endpoints(…);”',
};

const serviceNames: Place = { pattern: /export type ServiceName =[^;]*/, title: '“export type ServiceName =”' };

const endOfServices: Place = { pattern: /^ {2}\},\n {2}jobs: \{/m, title: 'end of “services” before “jobs: {”' };

const listOfBases: Place = {
  pattern: /(?: {2}- \.\.\/\.\.\/\.\.\/libs\/\S+\n)+/,
  title: '“- ../../../libs/…” in its resources',
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

/** A union of names and of types with one more name: names in their order, then the types. */
const withName = (union: string, name: string): string => {
  const [head = '', members = ''] = union.split(/=(.*)/s);
  const words = members.split('|').map((word) => word.trim());
  const names = [...words.filter((word) => word.startsWith("'")), `'${name}'`].toSorted();
  const types = words.filter((word) => /^\w/.test(word));
  return `${head}= ${[...names, ...types].join(' | ')}`;
};

/** Nothing where the contract is there before its library, for others had to know it. */
const endpointLine = ({ workload, port }: ApplicationRequest, { declaredPort }: Known, read: Read) =>
  declaredPort === undefined
    ? inserted(
        read,
        'libs/contracts/src/endpoints.ts',
        lastEndpoints,
        (found) => `${found}\nexport const ${camelCase(workload)} = endpoints('${workload}', { http: ${port} });\n`,
      )
    : {};

const linesOfOthers = (request: ApplicationRequest, known: Known, read: Read) => ({
  ...endpointLine(request, known, read),
  ...inserted(read, 'libs/contracts/src/workloads.ts', serviceNames, (found) => withName(found, request.workload)),
  ...inserted(read, 'libs/profiles/src/minimal.ts', endOfServices, (found) => `${row(request.workload, 1)}${found}`),
  ...inserted(read, 'libs/profiles/src/production.ts', endOfServices, (found) => `${row(request.workload, 2)}${found}`),
  ...Object.assign(
    {},
    ...request.stacks.map((stack) =>
      inserted(
        read,
        `overlays/stacks/${stack}/kustomization.yaml`,
        listOfBases,
        (found) => `${found}  - ../../../libs/${request.name}/base\n`,
      ),
    ),
  ),
});

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
  const { known, faults } = requestFaults(request, read, taken, knownStacks);
  if (faults.length > 0) throw new Error(faults.map((fault) => `application ${request.name}: ${fault}`).join('\n'));
  return { ...libraryFiles(request), ...linesOfOthers(request, known, read) };
};
