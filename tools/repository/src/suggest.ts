import { closest, distance } from 'fastest-levenshtein';

/** The number of letters that a typo may change. */
const tolerance = 3;

/** The end of a sentence about a wrong value: the most similar value, and all allowed ones. */
export const allowed = (value: string, choices: readonly string[]): string => {
  const near = choices.length > 0 ? closest(value, [...choices]) : undefined;
  const hint = near !== undefined && distance(value, near) <= tolerance ? `did you mean ${near}? ` : '';
  return `${hint}there ${choices.length === 1 ? 'is' : 'are'} ${choices.join(', ') || 'none'}`;
};
