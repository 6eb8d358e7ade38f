/** What is wrong with a request for an application, told before anything is written. */
import { allowed } from '../../tools/clusters/src/suggest.ts';
import { libraryFiles, type ApplicationRequest } from './library.ts';
import { camelCase, exportedNames, isReserved, topLevelNames } from './names.ts';

/** Reads a file of the repository; an absent one is empty. */
export type Read = (path: string) => string;

/** What the contracts say already. */
export interface Known {
  readonly services: readonly string[];
  readonly jobs: readonly string[];
  /** The port `http` of the workload's endpoint, where the contracts declare one; `0` for an endpoint without it. */
  readonly declaredPort: number | undefined;
}

const contracts = 'libs/contracts/src';

const union = (type: string, text: string): readonly string[] => {
  const [, members = ''] = new RegExp(`export type ${type} =([^;]*)`).exec(text) ?? [];
  return [...members.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
};

const declaredPortOf = (workload: string, text: string): number | undefined => {
  const [, ports] = new RegExp(`= endpoints\\('${workload}', ([^;]*)\\);`).exec(text) ?? [];
  return ports === undefined ? undefined : Number(/\bhttp: (\d+)/.exec(ports)?.[1] ?? 0);
};

const knownFrom = (read: Read, workload: string): Known => {
  const workloads = read(`${contracts}/workloads.ts`);
  return {
    services: union('ServiceName', workloads),
    jobs: union('JobName', workloads),
    declaredPort: declaredPortOf(workload, read(`${contracts}/endpoints.ts`)),
  };
};

/** Kubernetes appends up to eleven characters to a workload's name and makes a label of 63 of it. */
const longest = 52;

const name = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const nameFaults = (words: readonly string[]): readonly string[] =>
  [...new Set(words)]
    .filter((word) => !name.test(word) || word.length > longest)
    .map((word) => `${word} is no name: it must be up to ${longest} of a-z, 0-9 and single -, beginning with a letter`);

const workloadFaults = (
  { workload, port }: ApplicationRequest,
  { services, jobs, declaredPort }: Known,
): readonly string[] => {
  if ([...services, ...jobs].includes(workload)) return [`the workload ${workload} is there already`];
  return declaredPort === undefined || declaredPort === port
    ? []
    : [
        declaredPort === 0
          ? `${contracts}/endpoints.ts declares ${workload} without a port named http; write its library by hand`
          : `${contracts}/endpoints.ts declares that ${workload} listens on ${declaredPort} already: say --port=${declaredPort}`,
      ];
};

/** Names that the contracts' other files export, and all that its file of endpoints holds. */
const namesOfContracts = (read: Read): readonly string[] => [
  ...[...read(`${contracts}/index.ts`).matchAll(/^export \* from '\.\/(.+)';/gm)].flatMap(([, file = '']) =>
    exportedNames(read(`${contracts}/${file}`)),
  ),
  ...topLevelNames(read(`${contracts}/endpoints.ts`)),
];

const identifierFaults = (request: ApplicationRequest, { declaredPort }: Known, read: Read): readonly string[] => {
  const identifier = camelCase(request.workload);
  const inLibrary = Object.values(libraryFiles(request)).some(
    (text) => topLevelNames(text).filter((each) => each === identifier).length > 1,
  );
  const inContracts = declaredPort === undefined && namesOfContracts(read).includes(identifier);
  return inLibrary || inContracts || isReserved(identifier)
    ? [`the workload ${request.workload} would be ${identifier} in TypeScript, which is something else there already`]
    : [];
};

/** Registry and repository, a tag, and perhaps a digest; what Renovate's pattern finds. */
const image = /^[a-z0-9][\w.-]*(:\d+(?=\/))?(\/[a-z0-9][\w.-]*)*:(?!latest(@|$))\w[\w.-]*(@sha256:[a-f0-9]{64})?$/;

const valueFaults = ({ image: given, port, purpose }: ApplicationRequest): readonly string[] => [
  ...(image.test(given)
    ? []
    : [`image ${given || '(none)'} must be a repository and a tag that stays what it is, such as quay.io/a/b:1.2`]),
  ...(Number.isInteger(port) && port > 1023 && port < 65_536 ? [] : [`port ${port} is not between 1024 and 65535`]),
  ...(purpose.trim() === '' || /[\r\n]|\*\//.test(purpose)
    ? ['needs a purpose: one sentence, in one line, without the end of a comment']
    : []),
];

/** What the contracts know, and every fault in a request; the sentences go on after the application's name. */
export const requestFaults = (
  request: ApplicationRequest,
  read: Read,
  taken: ReadonlySet<string>,
  knownStacks: readonly string[],
): { readonly known: Known; readonly faults: readonly string[] } => {
  const known = knownFrom(read, request.workload);
  const ofNames = nameFaults([request.name, request.workload]);
  const ofWorkload = ofNames.length > 0 ? [] : workloadFaults(request, known);
  return {
    known,
    faults: [
      ...ofNames,
      ...(taken.has(request.name) ? [`libs/${request.name} or a project of that name is there already`] : []),
      ...ofWorkload,
      ...(ofNames.length > 0 || ofWorkload.length > 0 ? [] : identifierFaults(request, known, read)),
      ...valueFaults(request),
      ...request.stacks
        .filter((stack) => !knownStacks.includes(stack))
        .map((stack) => `names the stack ${stack}, which does not exist; ${allowed(stack, knownStacks)}`),
    ],
  };
};
