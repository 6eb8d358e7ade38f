/** Names in TypeScript: what a file declares, and whether one more can be. */
import { Script } from 'node:vm';

/** `db-koku` is `dbKoku` in the sources. */
export const camelCase = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** All names at the top of a file: exported, private, and imported. */
export const topLevelNames = (text: string): readonly string[] => [
  ...[...text.matchAll(/^(?:export )?(?:const|type|interface) (\w+)/gm)].map(([, name = '']) => name),
  ...[...text.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => /(\w+)\s*$/.exec(name)?.[1] ?? '')
      .filter((name) => name !== ''),
  ),
];

/** Whether no module can declare a name: the engine knows the reserved words, so that no list of them is kept. */
export const isReserved = (name: string): boolean => {
  const module = `'use strict'; async () => { const ${name} = 0; };`;
  try {
    void new Script(module);
    return false;
  } catch {
    return true;
  }
};
