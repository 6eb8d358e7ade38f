import { expect, test } from 'vitest';
import { oneOf, random } from '../src/chaos/random.ts';

const drawn = (seed: number): readonly string[] => {
  const chance = random(seed);
  return Array.from({ length: 50 }, () => oneOf(chance, ['a', 'b', 'c']));
};

test('the same seed always chooses the same, and another seed something else', () => {
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(8)).not.toEqual(drawn(7));
  expect(new Set(drawn(7))).toEqual(new Set(['a', 'b', 'c']));
});
