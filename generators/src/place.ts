import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where a library's sources say something: `<file>:<line>`, or the folder of the sources where no line matches.
 * @param beside a word; files with it in quotes are searched first
 */
export const placeOf = (pattern: RegExp, library: string, root: string, beside?: string): string => {
  const folder = `libs/${library}/src`;
  const files = globSync(`${folder}/**/*.ts`, { cwd: root })
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const first = ({ text }: { readonly text: string }) => beside !== undefined && text.includes(`'${beside}'`);
  for (const { file, text } of files.toSorted((one, other) => Number(first(other)) - Number(first(one)))) {
    const line = text.split('\n').findIndex((each) => pattern.test(each));
    if (line !== -1) return `${file}:${line + 1}`;
  }
  return folder;
};

/** Matches a word in quotes. */
export const quoted = (word: string): RegExp => new RegExp(`'${RegExp.escape(word)}'`);

/** Matches a key of an object, in quotes or not. */
export const keyed = (name: string): RegExp => new RegExp(`(?<![\\w-])'?${RegExp.escape(name)}'?:`);
