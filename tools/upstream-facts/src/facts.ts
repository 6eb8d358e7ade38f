/** What the table holds: names, values and places of upstream's source, never its text. */

/** One fact. */
export interface Fact {
  readonly name: string;
  /** File and line, such as `koku/koku/settings.py:59`. */
  readonly at: string;
}

/** One place where a variable of the environment is read. */
export interface Variable extends Fact {
  /** What reads it, such as `int` for `ENVIRONMENT.int`; `comment` where the line is switched off. */
  readonly reader: string;
  /** What is taken where the variable is absent, as the variable would say it; null for Python's None. */
  readonly otherwise?: string | null;
  /** Why there is no such value: the variable must be there, or no constant is taken in its place. */
  readonly without?: 'required' | 'computed';
}

/** A metric of Prometheus, by the name that its client is given: a counter's series end in `_total`. */
export interface Metric extends Fact {
  readonly type: string;
  readonly labels: readonly string[];
}

/** A column, called `<table>.<column>`; of an abstract model `<model>.<column>`. */
export interface Column extends Fact {
  readonly model: string;
  /** The field's class, or `implicit` for the key that Django adds. */
  readonly type: string;
}

/** A value that something of ours relies on. */
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

/** The kinds, in the table's order, and what one of each is called. */
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

/** How many facts there are. */
export const countOf = (facts: Facts): number => kindNames.reduce((sum, kind) => sum + facts[kind].length, 0);

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);

const placeOf = (at: string): readonly [file: string, line: number] => {
  const colon = at.lastIndexOf(':');
  return [at.slice(0, colon), Number(at.slice(colon + 1))];
};

/** By name, then by file, then by line: the same on every machine. */
export const sorted = <T extends Fact>(facts: readonly T[]): readonly T[] =>
  facts.toSorted((a, b) => {
    const [[fileOfA, lineOfA], [fileOfB, lineOfB]] = [placeOf(a.at), placeOf(b.at)];
    return compareTexts(a.name, b.name) || compareTexts(fileOfA, fileOfB) || lineOfA - lineOfB;
  });

/** What a fact says besides its name and its place, for people. */
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
