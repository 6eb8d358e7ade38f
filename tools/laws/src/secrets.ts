/** Whoever makes a cluster's Secrets makes all that it needs. */
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import { keysBrought, readersOf, secretsChoice, secretsToMake } from '../../manifests/src/secrets.ts';
import type { Law } from './law.ts';

/** By choice: the kind that brings a Secret, and what to do where it does not. The others are made where git ends. */
const bringers = {
  external: { kind: 'ExternalSecret', remedy: 'see overlays/secrets/external/README.md' },
  sealed: { kind: 'SealedSecret', remedy: 'npm run seal -- <cluster>' },
} as const;

const readers = (objects: readonly Manifest[], name: string): string => {
  const [first, ...others] = readersOf(objects, name).map(identity);
  return others.length > 0 ? `${first} and ${others.length} others` : String(first);
};

/** A Secret that nobody brings keeps its readers from starting, and Argo CD from going on. */
export const secretsMade: Law = (objects) => {
  const choice = secretsChoice(objects);
  if (choice !== 'external' && choice !== 'sealed') return [];
  const { kind, remedy } = bringers[choice];
  return secretsToMake(objects).flatMap(({ name, lengths }) => {
    const brought = keysBrought(objects, kind, name);
    const missing = Object.keys(lengths).filter((key) => !brought.includes(key));
    return missing.length === 0
      ? []
      : [
          {
            object: `Secret/${name}`,
            sentence: `is needed by ${readers(objects, name)}, and no ${kind} brings its ${missing.join(' and ')}: ${remedy}`,
          },
        ];
  });
};
