/** Combinations of everything that a cluster can choose: as few as show every pair of choices together. */
import covertable from 'covertable';
import { conflictFaults } from './conflicts.ts';
import type { Overlays } from './overlays.ts';

const chosen = (values: readonly string[]): ReadonlySet<string> => new Set(values.filter((value) => value !== ''));

/** What there is to choose from: one of each folder, and each option or none. */
export const factorsOf = ({ options, ...choices }: Overlays): readonly (readonly string[])[] => [
  ...Object.entries(choices).map(([folder, names]) => names.map((name) => `${folder}/${name}`)),
  ...Object.keys(options).map((option) => ['', `options/${option}`]),
];

/** Whether a rule refuses what some choices say, whatever the others are. */
const lawful = (values: readonly string[]): boolean => conflictFaults(chosen(values)).length === 0;

/**
 * Sets of folders of overlays/. Every two of them that no rule keeps apart are together in at least one set, and so is
 * each option with the absence of every other.
 */
export const combinations = (overlays: Overlays): readonly ReadonlySet<string>[] => {
  const factors: string[][] = factorsOf(overlays).map((values) => [...values]);
  const rows = covertable.make(factors, { preFilter: (row: object) => lawful(Object.values(row)) });
  return rows.map((row) => chosen(Object.values(row)));
};
