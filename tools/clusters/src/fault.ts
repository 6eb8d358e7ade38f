/** What is wrong in a cluster's folder, and where. */

/** Keys and indexes that lead to a value of a YAML document. */
export type Path = readonly (string | number)[];

/** One fault of a kustomization.yaml. */
export interface Fault {
  /** The rest of a sentence after the file's name. */
  readonly sentence: string;
  /** The value that it is about; left out where something is missing. */
  readonly at?: Path;
}

/** A fault of any file of a cluster's folder. */
export interface PlacedFault {
  readonly sentence: string;
  /** A path of the repository. */
  readonly file: string;
  readonly line: number | undefined;
}

/** The whole sentence: file, line and fault. */
export const inWords = ({ file, line, sentence }: PlacedFault): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${sentence}`;

/** A path as people write it: `images[0].newTag`. */
export const pathInWords = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

/** The length up to which a sentence repeats a value. */
const longest = 80;

/** A value as a sentence repeats it. */
export const shown = (value: unknown): string => {
  if (value === null || value === '') return 'empty';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const [line = ''] = text.split('\n');
  return line.length > longest || line !== text ? `${line.slice(0, longest)}…` : line;
};
