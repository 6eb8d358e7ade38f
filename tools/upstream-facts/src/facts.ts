/** The facts in the table: names, values and places of upstream's source, but never its text. */

/** One fact. */
export interface Fact {
  readonly name: string;
  /** File and line, such as `koku/koku/settings.py:59`. */
  readonly at: string;
}

/** One place that reads an environment variable. */
export interface Variable extends Fact {
  /** What reads it, such as `int` for `ENVIRONMENT.int`; `comment` if the line is commented out. */
  readonly reader: string;
  /** The default, in the form that the variable would have; null for Python's None. */
  readonly otherwise?: string | null;
  /** Why there is no known default: the variable is required, or the default is not a constant. */
  readonly without?: 'required' | 'computed';
}

/** A Prometheus metric, with its name in the source. The series of a counter also end in `_total`. */
export interface Metric extends Fact {
  readonly type: string;
  readonly labels: readonly string[];
}

/** A column, named `<table>.<column>`, or `<model>.<column>` for an abstract model. */
export interface Column extends Fact {
  readonly model: string;
  /** The field's class, or `implicit` for the key that Django adds. */
  readonly type: string;
}

/** A value that our code relies on. */
export interface Constant extends Fact {
  readonly value: string;
}

/** All facts, by kind. */
export interface Facts {
  readonly variables: readonly Variable[];
  readonly queues: readonly Fact[];
  readonly metrics: readonly Metric[];
  readonly columns: readonly Column[];
  readonly constants: readonly Constant[];
}

export type Kind = keyof Facts;

/** The kinds, in the table's order, with their singulars. */
export const kinds = {
  variables: 'variable',
  queues: 'queue',
  metrics: 'metric',
  columns: 'column',
  constants: 'constant',
} as const satisfies Readonly<Record<Kind, string>>;

/** The kinds, in the table's order. */
export const kindNames = Object.keys(kinds) as readonly Kind[];

/** The facts of one commit. */
export interface Table extends Facts {
  readonly repository: string;
  readonly commit: string;
  /** Day of the commit, such as 2026-08-19. */
  readonly date: string;
}

/** A number with its noun, such as `1 fact` or `2 facts`. */
export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The number of facts. */
export const countOf = (facts: Facts): number => kindNames.reduce((sum, kind) => sum + facts[kind].length, 0);

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);

const placeOf = (at: string): readonly [file: string, line: number] => {
  const colon = at.lastIndexOf(':');
  return [at.slice(0, colon), Number(at.slice(colon + 1))];
};

/** Sorts by name, then by file, then by line, so that the order is the same on every machine. */
export const sorted = <T extends Fact>(facts: readonly T[]): readonly T[] =>
  facts.toSorted((a, b) => {
    const [[fileOfA, lineOfA], [fileOfB, lineOfB]] = [placeOf(a.at), placeOf(b.at)];
    return compareTexts(a.name, b.name) || compareTexts(fileOfA, fileOfB) || lineOfA - lineOfB;
  });

/** The value of a fact without its name and place, in words. */
export const valueOf = (fact: Partial<Variable & Metric & Column & Constant>): string => {
  const parts = [
    fact.value,
    fact.type,
    fact.labels && fact.labels.length > 0 ? `by ${fact.labels.join(', ')}` : undefined,
    fact.model && `of ${fact.model}`,
    fact.reader,
    fact.without,
    'otherwise' in fact ? `otherwise ${fact.otherwise === null ? 'None' : JSON.stringify(fact.otherwise)}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
};
