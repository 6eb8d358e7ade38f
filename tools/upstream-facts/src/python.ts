/** Parses the parts of Python's grammar that the extractor needs. */

import type { SourceFile } from './source.ts';

/** Whether a character's whole line is a comment. */
export const isCommentedOut = ({ text }: SourceFile, index: number): boolean =>
  /^\s*#/.test(text.slice(text.lastIndexOf('\n', index - 1) + 1, index + 1));

/** A line and the indented lines below it. */
interface Block {
  readonly text: string;
  /** The groups of the pattern for its first line. */
  readonly groups: readonly string[];
  /** Index of its first character in the file. */
  readonly start: number;
}

/**
 * Blocks of a file, such as a class or a list of several lines.
 * @param head a pattern for the whole first line
 */
export const blocksIn = ({ text }: SourceFile, head: string): readonly Block[] =>
  [...text.matchAll(new RegExp(String.raw`^${head}\n(?:(?:[ \t].*)?\n)*`, 'gm'))].map((match) => ({
    text: match[0],
    groups: match.slice(1),
    start: match.index,
  }));

/** The value of a keyword argument. */
export const keyword = (words: readonly string[], name: string): string | undefined =>
  words
    .find((word) => new RegExp(String.raw`^${name}\s*=`).test(word))
    ?.replace(/^\w+\s*=/, '')
    .trim();

/** Longest collection, in characters, that counts as a constant: an operator would not write a longer one. */
const longestCollection = 40;

/**
 * A constant in the form of an environment variable; null for None, undefined if the expression is not a constant.
 * Looks up a name in the same file, and skips a function around a single string, because such a function only checks
 * it.
 */
export const constantOf = (expression: string, file: SourceFile): string | null | undefined => {
  const [, , text] = /^(["'])((?:(?!\1)[^\\\n])*)\1$/.exec(expression) ?? [];
  if (text !== undefined) return text;
  if (/^-?[\d_]+(\.\d+)?$/.test(expression)) return expression.replaceAll('_', '');
  if (/^(True|False)$/.test(expression)) return expression;
  if (expression === 'None') return null;
  if (/^([[{])[^(]*[\]}]$/.test(expression) && expression.length <= longestCollection) return expression;
  const [, inner] = /^\w+\((["'][^"'\n]*["'])\)$/.exec(expression) ?? [];
  if (inner) return constantOf(inner, file);
  if (!/^[A-Za-z_]\w*$/.test(expression)) return undefined;
  const assignment = new RegExp(String.raw`^[ \t]*${expression} = ([^\n#]+?)\s*(?:#.*)?$`, 'm').exec(file.text)?.[1];
  return assignment === undefined || assignment === expression ? undefined : constantOf(assignment, file);
};
