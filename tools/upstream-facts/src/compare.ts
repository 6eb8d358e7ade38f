/** Compares the facts of two commits. */
import { kindNames, valueOf, type Fact, type Facts, type Kind } from './facts.ts';

/** One difference. A fact that only moved to another line or file is not one. */
export interface Difference {
  readonly what: 'added' | 'gone' | 'changed';
  readonly kind: Kind;
  readonly name: string;
  /** The fact in the table; absent if it was added. */
  readonly before?: Said;
  /** The fact in the clone; absent if it is gone. */
  readonly after?: Said;
}

interface Said {
  readonly value: string;
  readonly at: string;
}

/** The differences, and the number of facts that only moved. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly moved: number;
}

/** Places by value: several places with the same name and value count as one fact. */
const byValue = (facts: readonly Fact[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(Object.groupBy(facts, valueOf)).map(([value, same = []]) => [value, same.map(({ at }) => at)]),
  );

const missingIn = (
  other: ReadonlyMap<string, unknown>,
  values: ReadonlyMap<string, readonly string[]>,
): readonly Said[] => [...values].filter(([value]) => !other.has(value)).map(([value, [at = '']]) => ({ value, at }));

const compareName = (kind: Kind, name: string, old: readonly Fact[], now: readonly Fact[]): Comparison => {
  const [before, after] = [byValue(old), byValue(now)];
  const [gone, added] = [missingIn(after, before), missingIn(before, after)];
  const differences = Array.from({ length: Math.max(gone.length, added.length) }, (_, index): Difference => {
    const [was, is] = [gone[index], added[index]];
    const what = was && is ? 'changed' : is ? 'added' : 'gone';
    return { what, kind, name, ...(was && { before: was }), ...(is && { after: is }) };
  });
  const moved = [...before].filter(([value, places]) => {
    const there = after.get(value);
    return there !== undefined && there.join(' ') !== places.join(' ');
  });
  return { differences, moved: moved.length };
};

/** Compares the table with the facts of a clone. */
export const compare = (table: Facts, clone: Facts): Comparison => {
  const all = kindNames.flatMap((kind) => {
    const nameOf = ({ name }: Fact) => name;
    const [old, now] = [
      Object.groupBy<string, Fact>(table[kind], nameOf),
      Object.groupBy<string, Fact>(clone[kind], nameOf),
    ];
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted();
    return names.map((name) => compareName(kind, name, old[name] ?? [], now[name] ?? []));
  });
  return {
    differences: all.flatMap(({ differences }) => differences),
    moved: all.reduce((sum, { moved }) => sum + moved, 0),
  };
};
