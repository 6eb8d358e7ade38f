/** Combinations of a cluster's choices: as few as contain every pair of choices. */
import { conflictFaults } from './conflicts.ts';
import type { Overlays } from './overlays.ts';

/** One choice with its values; the empty value is an option that is left out. */
type Factor = readonly string[];

/** A value for each factor, in their order; undefined where it is not chosen yet. */
type Row = readonly (string | undefined)[];

/** Two values, by the indexes of their factors. */
interface Pair {
  readonly places: readonly [number, number];
  readonly values: readonly [string, string];
}

/** The choices: one of each folder of overlays/, and each option or none. */
export const factorsOf = ({ options, ...choices }: Overlays): readonly Factor[] => [
  ...Object.entries(choices).map(([folder, names]) => names.map((name) => `${folder}/${name}`)),
  ...Object.keys(options).map((option) => ['', `options/${option}`]),
];

const chosen = (row: Row): ReadonlySet<string> => new Set(row.flatMap((value) => value || []));

const excluded = (row: Row): boolean => conflictFaults(chosen(row)).length > 0;

/** Whether no rule excludes the values of a row, and each other factor has a value that can be beside them. */
const lawful = (row: Row, factors: readonly Factor[]): boolean =>
  !excluded(row) &&
  factors.every(
    (values, place) => row[place] !== undefined || values.some((value) => !excluded(row.with(place, value))),
  );

const rowOf = ({ places, values }: Pair, factors: readonly Factor[]): Row =>
  factors.map((_, place) => values[places.indexOf(place)]);

/** Every two values that no rule excludes, alone or with what every cluster must choose beside them. */
export const pairsOf = (factors: readonly Factor[]): readonly Pair[] =>
  factors
    .flatMap((values, place) =>
      factors
        .slice(place + 1)
        .flatMap((others, distance) =>
          values.flatMap((one) =>
            others.map((other): Pair => ({ places: [place, place + 1 + distance], values: [one, other] })),
          ),
        ),
    )
    .filter((pair) => lawful(rowOf(pair, factors), factors));

const shows = (row: Row, { places: [one, other], values }: Pair): boolean =>
  row[one] === values[0] && row[other] === values[1];

/**
 * A row with a pair, whose other values add as many further pairs as each can alone.
 * @throws Error for a factor without an allowed value beside the others
 */
const rowFor = (pair: Pair, factors: readonly Factor[], missing: readonly Pair[]): Row => {
  return factors.reduce(
    (row, values, place) => {
      if (row[place] !== undefined) return row;
      const candidates = values
        .map((value) => row.with(place, value))
        .filter((candidate) => lawful(candidate, factors));
      const gain = (candidate: Row) => missing.filter((other) => shows(candidate, other)).length;
      const [best] = candidates.toSorted((a, b) => gain(b) - gain(a));
      if (!best) throw new Error(`none of ${values.join(', ')} can be with ${[...chosen(row)].join(', ')}`);
      return best;
    },
    rowOf(pair, factors),
  );
};

/**
 * Sets of folders of overlays/. Every two of them that no rule excludes are together in at least one set, and each of them is
 * in a set without each option.
 */
export const combinations = (overlays: Overlays): readonly ReadonlySet<string>[] => {
  const factors = factorsOf(overlays);
  const rows: Row[] = [];
  for (let missing = pairsOf(factors); missing[0];) {
    const row = rowFor(missing[0], factors, missing);
    rows.push(row);
    missing = missing.filter((pair) => !shows(row, pair));
  }
  return rows.map(chosen);
};
