/** Files of upstream's source, and the calls in them. */

/** A file of upstream, with its path there. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The file and line of a character. */
export const placeIn = ({ path, text }: SourceFile, index: number): string =>
  `${path}:${text.slice(0, index).split('\n').length}`;

/** A string, a comment of Python, a bracket, a comma, or any other character. */
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
