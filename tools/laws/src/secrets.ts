/** The chosen source of a cluster's Secrets creates all that the cluster needs. */
import { identity, type Manifest } from '../../manifests/src/manifest.ts';
import { keysBrought, readersOf, secretsChoice, secretsToMake } from '../../manifests/src/secrets.ts';
import type { Law } from './law.ts';

/** By choice: the kind that creates a Secret, and the remedy where it is missing. Other choices create Secrets outside of git. */
const bringers = {
  external: { kind: 'ExternalSecret', remedy: 'see overlays/secrets/external/README.md' },
  sealed: { kind: 'SealedSecret', remedy: 'npm run seal -- <cluster>' },
} as const;

const readers = (objects: readonly Manifest[], name: string): string => {
  const [first, ...others] = readersOf(objects, name).map(identity);
  return others.length > 0 ? `${first} and ${others.length} others` : String(first);
};

/** A missing Secret keeps its readers from starting, and Argo CD from continuing. */
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
            sentence: `is needed by ${readers(objects, name)}, but no ${kind} creates its ${missing.join(' and ')}: ${remedy}`,
          },
        ];
  });
};
