/** Parses the parts of Python's grammar that the extractor needs. */

/** A file of upstream, with its path there. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The file and line of a character. */
export const placeIn = ({ path, text }: SourceFile, index: number): string =>
  `${path}:${text.slice(0, index).split('\n').length}`;

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

/** A string, a comment, a bracket, a comma, or any other character. */
const token = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|[^]/g;

/**
 * The arguments of a call, without comments and surrounding white space.
 * @param start the index after the opening parenthesis
 */
export const argumentsAt = (text: string, start: number): readonly string[] => {
  const found: string[] = [];
  let [depth, current] = [0, ''];
  for (const [word] of text.slice(start).matchAll(token)) {
    if (word.startsWith('#')) continue;
    if (')]}'.includes(word) && depth === 0) break;
    if ('([{'.includes(word)) depth += 1;
    if (')]}'.includes(word)) depth -= 1;
    if (word === ',' && depth === 0) {
      found.push(current.trim());
      current = '';
    } else current += word;
  }
  return [...found, current.trim()].filter((argument) => argument !== '');
};

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
