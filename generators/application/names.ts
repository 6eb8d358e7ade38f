/** Names in TypeScript: those that a file declares, and whether a name is reserved. */
import { Script } from 'node:vm';

/** Converts `db-koku` to `dbKoku`. */
export const camelCase = (name: string): string =>
  name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** All names at the top level of a file: exported, private and imported. */
export const topLevelNames = (text: string): readonly string[] => [
  ...[...text.matchAll(/^(?:export )?(?:const|type|interface) (\w+)/gm)].map(([, name = '']) => name),
  ...[...text.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => /(\w+)\s*$/.exec(name)?.[1] ?? '')
      .filter((name) => name !== ''),
  ),
];

/** Whether a module cannot declare a name. Asks the engine, so that this code needs no list of reserved words. */
export const isReserved = (name: string): boolean => {
  const module = `'use strict'; async () => { const ${name} = 0; };`;
  try {
    void new Script(module);
    return false;
  } catch {
    return true;
  }
};
