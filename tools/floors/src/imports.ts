/** Finds the imports of the TypeScript files of a repository. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { parseSync } from 'vite';

const { dirname, join } = posix;

/** Folders at the root that hold TypeScript. */
const tops = ['clusters', 'generators', 'libs', 'overlays', 'tools'];

/** One import in a file. */
export interface Import {
  /** The importing file, as a path of the repository. */
  readonly file: string;
  readonly line: number;
  /** The imported file or package of this repository; nothing where the path is known at run time only. */
  readonly to: string | undefined;
}

/** Paths of all TypeScript files, sorted. */
export const typescriptFiles = (root: string): readonly string[] =>
  tops
    .flatMap((top) =>
      readdirSync(`${root}/${top}`, { recursive: true, encoding: 'utf8' }).map((file) =>
        join(top, file.replaceAll(sep, '/')),
      ),
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('/node_modules/'))
    .toSorted();

/** Resolves a specifier within the repository: packages of its workspace and relative files. */
const target = (file: string, specifier: string): string | undefined => {
  const [, own] = /^@cost-onprem\/([^/]+)/.exec(specifier) ?? [];
  if (own) return own === 'generators' ? own : `libs/${own}`;
  return specifier.startsWith('.') ? join(dirname(file), specifier) : undefined;
};

/** The text of a literal, or nothing for an expression. */
const literal = (text: string): string | undefined => /^(['"`])([^$]*)\1$/s.exec(text)?.[2];

/**
 * The imports of one file that lead into the repository, static and dynamic ones, of values and of types.
 * @param file its path from the root of the repository
 * @throws Error naming a file that does not parse
 */
export const importsOf = (file: string, text: string): readonly Import[] => {
  const { module, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file}: does not parse: ${errors[0].message}`);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const named = [
    ...module.staticImports.map(({ start, moduleRequest }) => [start, moduleRequest.value] as const),
    ...module.staticExports.flatMap(({ start, entries: [entry] }) =>
      entry?.moduleRequest ? [[start, entry.moduleRequest.value] as const] : [],
    ),
    ...module.dynamicImports.map(({ start, moduleRequest }) => {
      return [start, literal(text.slice(moduleRequest.start, moduleRequest.end))] as const;
    }),
  ];
  return named
    .toSorted(([a], [b]) => a - b)
    .flatMap(([start, specifier]): readonly Import[] => {
      const to = specifier === undefined ? undefined : target(file, specifier);
      return specifier !== undefined && to === undefined ? [] : [{ file, line: lineAt(start), to }];
    });
};

/** The imports of all TypeScript files of a repository. */
export const importsIn = (root: string): readonly Import[] =>
  typescriptFiles(root).flatMap((file) => importsOf(file, readFileSync(`${root}/${file}`, 'utf8')));
