/** Writes synthetic fleets into a copy of the repository with the `cluster` generator. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clusterFiles } from '../../../generators/cluster/cluster.ts';
import { conflictFaults } from '../../clusters/src/conflicts.ts';
import { readOverlays } from '../../clusters/src/overlays.ts';
import { examples } from '../../clusters/src/settings.ts';

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
};

/**
 * The index-th combination of options, so that a fleet is as mixed as a real one. Drops an option that conflicts with
 * an earlier one.
 */
const subset = (options: readonly string[], index: number): readonly string[] =>
  options
    .filter((_, bit) => Math.floor(index / 2 ** bit) % 2 === 1)
    .filter((_, place, all) => {
      const untilHere = all.slice(0, place + 1).map((option) => `options/${option}`);
      return conflictFaults(new Set(untilHere)).length === conflictFaults(new Set(untilHere.slice(0, -1))).length;
    });

/** Example values of the settings that the options require, in the generator's form. */
const settingsOf = (options: readonly string[]): readonly string[] =>
  examples(new Set(options.map((option) => `options/${option}`)))
    .filter(({ name }) => name !== 'public')
    .flatMap(({ name, literals = [] }) => literals.map((literal) => `${name}.${literal}`));

/** Replaces the clusters of a copy by `size` generated ones. */
export const makeFleet = (root: string, size: number): void => {
  const folder = join(root, 'clusters');
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  const overlays = readOverlays(root);
  const options = Object.keys(overlays.options);
  for (let index = 0; index < size; index += 1) {
    const name = `fleet-${String(index).padStart(4, '0')}`;
    const chosen = subset(options, index);
    const files = clusterFiles(
      {
        name,
        host: `cost.${name}.example.com`,
        platform: pick(overlays.platforms, index),
        stack: pick(overlays.stacks, index),
        profile: pick(overlays.profiles, index),
        storage: pick(overlays.storage, index),
        options: chosen,
        settings: settingsOf(chosen),
        description: `Number ${index} of a fleet.`,
      },
      overlays,
      new Set(),
    );
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
};
