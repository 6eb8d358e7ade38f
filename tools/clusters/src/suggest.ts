import { closest, distance } from 'fastest-levenshtein';

/** How many letters a typo may change. */
const tolerance = 3;

/** Ends a sentence about a wrong value: what was probably meant, and all that is allowed. */
export const allowed = (value: string, choices: readonly string[]): string => {
  const near = choices.length > 0 ? closest(value, [...choices]) : undefined;
  const hint = near !== undefined && distance(value, near) <= tolerance ? `did you mean ${near}? ` : '';
  return `${hint}there ${choices.length === 1 ? 'is' : 'are'} ${choices.join(', ') || 'none'}`;
};
