/**
 * Generates an application that passes the whole build: its own files, and one line in each of a few lists.
 */
import { requestFaults, type Read } from './faults.ts';
import type { Known } from './known.ts';
import { libraryFiles, type ApplicationRequest } from './library.ts';
import { camelCase } from './names.ts';

export type { ApplicationRequest } from './library.ts';
export type { Known } from './known.ts';

/** Modules that only list files, and the line to append to each. The order of their lines has no meaning. */
const lists = ({ name }: ApplicationRequest): Readonly<Record<string, string>> => ({
  'libs/contracts/src/contracts.ts': `export { ${camelCase(name)}Contract } from './${name}.ts';\n`,
  'libs/contracts/src/index.ts': `export * from './${name}.ts';\n`,
  'libs/profiles/src/applications.ts': `export { ${camelCase(name)}Rows } from './applications/${name}.ts';\n`,
});

/** The generator inserts new bases of a stack above this line. */
export const mark = '  # New applications: above this line.\n';

const appended = (read: Read, path: string, line: string): string => {
  const before = read(path);
  if (before === '') throw new Error(`${path} does not exist, but must list the new application`);
  return before + line;
};

const aboveMark = (read: Read, path: string, line: string): string => {
  const [before, after, ...more] = read(path).split(mark);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${path} must contain the line “${mark.trim()}” exactly once, because the new line goes above it`);
  return before + line + mark + after;
};

/**
 * All files that the generator writes or changes, by path in the repository.
 * @param taken names of the existing libraries
 * @throws Error with all faults of the request, one a line
 */
export const applicationFiles = (
  request: ApplicationRequest,
  read: Read,
  taken: ReadonlySet<string>,
  knownStacks: readonly string[],
  known: Known,
): Readonly<Record<string, string>> => {
  const faults = requestFaults(request, read, taken, knownStacks, known);
  if (faults.length > 0) throw new Error(faults.map((fault) => `application ${request.name}: ${fault}`).join('\n'));
  const stacks = request.stacks.map((stack) => `overlays/stacks/${stack}/kustomization.yaml`);
  return {
    ...libraryFiles(request, known),
    ...Object.fromEntries(Object.entries(lists(request)).map(([path, line]) => [path, appended(read, path, line)])),
    ...Object.fromEntries(
      stacks.map((path) => [path, aboveMark(read, path, `  - ../../../libs/${request.name}/base\n`)]),
    ),
  };
};
