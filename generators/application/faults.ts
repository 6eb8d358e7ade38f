/** Checks a request for an application before the generator writes a file. */
import { allowed } from '../../tools/repository/src/suggest.ts';
import { imageFaults } from '../../tools/laws/src/pods.ts';
import { declaredPorts, type Known } from './known.ts';
import { libraryFiles, type ApplicationRequest } from './library.ts';
import { camelCase, isReserved, topLevelNames } from './names.ts';

/** Reads a file of the repository. Returns an empty text if it does not exist. */
export type Read = (path: string) => string;

/** A label has up to 63 characters, and Kubernetes appends up to eleven to a workload's name. */
const longest = 52;

const name = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const nameFaults = (words: readonly string[]): readonly string[] =>
  [...new Set(words)]
    .filter((word) => !name.test(word) || word.length > longest)
    .map(
      (word) => `${word} is not a valid name: use up to ${longest} of a-z, 0-9 and single -, starting with a letter`,
    );

const workloadFaults = ({ workload, port }: ApplicationRequest, known: Known): readonly string[] => {
  if (known.workloads.includes(workload)) return [`the workload ${workload} exists already`];
  const declared = declaredPorts(workload, known);
  if (!declared || declared['http']?.number === port) return [];
  return [
    declared['http']
      ? `libs/contracts declares that ${workload} listens on ${declared['http'].number}: use --port=${declared['http'].number}`
      : `libs/contracts declares ${workload} without a port named http: write its library by hand`,
  ];
};

/** New files must not replace existing ones. */
const fileFaults = (request: ApplicationRequest, known: Known, read: Read): readonly string[] =>
  Object.keys(libraryFiles(request, known))
    .filter((path) => read(path) !== '')
    .map((path) => `${path} exists already: choose another name`);

const identifierFaults = (request: ApplicationRequest, known: Known): readonly string[] => {
  const identifier = camelCase(request.workload);
  const own = Object.values(libraryFiles(request, known)).map(topLevelNames);
  const twice = own.some((names) => names.filter((each) => each === identifier).length > 1);
  const exported = declaredPorts(request.workload, known) === undefined && identifier in known.exports;
  const contract = `${camelCase(request.name)}Contract`;
  return [
    ...(twice || exported || isReserved(identifier)
      ? [
          `the workload ${request.workload} would be ${identifier} in TypeScript, which already means something else: choose another name`,
        ]
      : []),
    ...(contract in known.exports ? [`libs/contracts exports ${contract} already: choose another name`] : []),
  ];
};

/** Registry and repository, a tag, and optionally a digest, as Renovate's pattern finds them. */
const image = /^[a-z0-9][\w.-]*(:\d+(?=\/))?(\/[a-z0-9][\w.-]*)*:\w[\w.-]*(@sha256:[a-f0-9]{64})?$/;

const valueFaults = ({ image: given, port, purpose }: ApplicationRequest): readonly string[] => [
  ...(image.test(given) && imageFaults(given).length === 0
    ? []
    : [`image ${given || '(none)'} must be a repository with a fixed tag, such as quay.io/a/b:1.2`]),
  ...(Number.isInteger(port) && port > 1023 && port < 65_536 ? [] : [`port ${port} is not between 1024 and 65535`]),
  ...(purpose.trim() === '' || /[\r\n]|\*\//.test(purpose)
    ? ['needs a purpose: one sentence on one line, without */']
    : []),
];

/** Every fault in a request. Each sentence continues one that starts with the application's name. */
export const requestFaults = (
  request: ApplicationRequest,
  read: Read,
  taken: ReadonlySet<string>,
  knownStacks: readonly string[],
  known: Known,
): readonly string[] => {
  const ofNames = nameFaults([request.name, request.workload]);
  const ofLibrary = taken.has(request.name) ? [`libs/${request.name} or a project of that name exists already`] : [];
  const ofWorkload = ofNames.length > 0 ? [] : workloadFaults(request, known);
  const first = [...ofNames, ...ofLibrary, ...ofWorkload];
  return [
    ...first,
    ...(first.length > 0 ? [] : [...fileFaults(request, known, read), ...identifierFaults(request, known)]),
    ...valueFaults(request),
    ...request.stacks
      .filter((stack) => !knownStacks.includes(stack))
      .map((stack) => `names the stack ${stack}, which does not exist; ${allowed(stack, knownStacks)}`),
  ];
};
