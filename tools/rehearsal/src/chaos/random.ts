/** Repeatable random numbers. */
import { createHash } from 'node:crypto';

/** A generator of numbers from 0 up to 1: the same seed gives the same numbers. */
export const random = (seed: number): (() => number) => {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUInt32BE() / 2 ** 32;
  };
};

/** A random element. @throws Error when there is none */
export const oneOf = <Thing>(chance: () => number, things: readonly Thing[]): Thing => {
  const thing = things[Math.floor(chance() * things.length)];
  if (thing === undefined) throw new Error('there is nothing to choose from');
  return thing;
};
