/** The faults in the imports of a repository, by its floors and by the order of subfolders. */
import { discoveries, floors, rooms, type Floor } from './floors.ts';
import type { Import } from './imports.ts';

const here = 'tools/floors/src/floors.ts';

/** Converts a pattern of a floor to a regular expression for paths in such a folder; the first group is the folder. */
const matcher = (pattern: string): RegExp => new RegExp(`^(${pattern.replaceAll('*', '[^/]+')})(?:/|$)`);

/** Patterns with more names first, and those with `*` after the others. The first match is the folder. */
const patterns: readonly { readonly pattern: string; readonly floor: Floor }[] = floors
  .flatMap((floor) => floor.folders.map((pattern) => ({ pattern, floor })))
  .toSorted(
    ({ pattern: a }, { pattern: b }) =>
      b.split('/').length - a.split('/').length || Number(a.includes('*')) - Number(b.includes('*')),
  );

interface Place {
  /** A folder with a floor, as a path of the repository. */
  readonly folder: string;
  readonly floor: Floor;
}

/** The folder of a path and its floor, or nothing where it has none. */
export const placeOf = (path: string): Place | undefined => {
  for (const { pattern, floor } of patterns) {
    const [, folder] = matcher(pattern).exec(path) ?? [];
    if (folder !== undefined) return { folder, floor };
  }
  return undefined;
};

const heightOf = ({ floor }: Place): number => floors.indexOf(floor);

const listed = (words: readonly string[]): string => words.join(', ') || 'nothing';

/** Folders that a folder may import. */
const below = (place: Place): readonly string[] => floors.slice(0, heightOf(place)).flatMap(({ folders }) => folders);

const arrowFault = (from: Place, { file, line, to = '' }: Import): readonly string[] => {
  const target = placeOf(to);
  if (!target) return [`${file}:${line}: imports ${to}, whose folder has no floor; ${allowed(from)}`];
  if (target.folder === from.folder || heightOf(target) < heightOf(from)) return [];
  const where = target.floor === from.floor ? 'the same floor' : `the floor “${target.floor.name}” above`;
  return [`${file}:${line}: imports ${to}, which is on ${where}; ${allowed(from)}`];
};

const allowed = (from: Place): string =>
  `${from.folder} is on the floor “${from.floor.name}” and may import ${listed(below(from))}. Move what both need below both`;

interface Room {
  /** The folder with the ordered subfolders. */
  readonly house: string;
  /** Name of the subfolder; nothing for a file beside the subfolders. */
  readonly name: string | undefined;
}

const roomOf = (path: string): Room | undefined => {
  const house = Object.keys(rooms).find((folder) => path.startsWith(`${folder}/`));
  if (house === undefined) return undefined;
  const [first = '', ...rest] = path.slice(house.length + 1).split('/');
  return { house, name: rest.length > 0 ? first : undefined };
};

/** The tool's own tests may import every file; other files import an index.ts. */
const mayLookInside = (file: string, house: string): boolean => {
  const owner = placeOf(house)?.folder ?? house;
  return file.startsWith(`${owner}/`) && !file.startsWith(`${house}/`);
};

const doorsOf = (house: string): readonly string[] => (rooms[house] ?? []).map((name) => `${house}/${name}/index.ts`);

/** The faults of an import inside or into such a folder: it bypasses an index.ts, or the subfolder is not lower. */
const roomFaults = ({ file, line, to = '' }: Import): readonly string[] => {
  const target = roomOf(to);
  if (!target || mayLookInside(file, target.house)) return [];
  const { house, name } = target;
  const from = roomOf(file)?.house === house ? roomOf(file) : undefined;
  if (from && from.name === name) return [];
  const doors = doorsOf(house);
  const order = rooms[house] ?? [];
  const lower = from?.name === undefined ? order : order.slice(0, order.indexOf(from.name));
  return [
    ...(doors.includes(to) ? [] : [`only an index.ts may be imported: ${listed(doors)}`]),
    ...(name === undefined || lower.includes(name) ? [] : [`${from?.name} may import ${listed(lower)}`]),
  ].map((fault) => `${file}:${line}: imports ${to}; ${fault}`);
};

const importFaults = (one: Import): readonly string[] => {
  const { file, line, to } = one;
  const from = placeOf(file);
  // One sentence for the folder, not one for each of its imports.
  if (!from) return [];
  if (to !== undefined) return [...arrowFault(from, one), ...roomFaults(one)];
  return discoveries.includes(file)
    ? []
    : [
        `${file}:${line}: imports a path that is known at run time only; just ${listed(discoveries)} may. Write the path as a literal, or add the file to “discoveries” in ${here}`,
      ];
};

/** The folder of a file for which a maintainer would add a floor. */
const unplaced = (file: string): string => {
  const [top = '', name = ''] = file.split('/');
  return top === 'libs' || top === 'tools' ? `${top}/${name}` : top;
};

/** The subfolders without a place in their order. */
const unplacedRooms = (files: readonly string[]): readonly string[] => [
  ...new Set(
    files.flatMap((file) => {
      const room = roomOf(file);
      return room?.name !== undefined && !rooms[room.house]?.includes(room.name) ? [`${room.house}/${room.name}`] : [];
    }),
  ),
];

/**
 * Every fault, each a sentence.
 * @param files all TypeScript files
 * @param imports of these files
 */
export const floorFaults = (files: readonly string[], imports: readonly Import[]): readonly string[] => [
  ...[...new Set(files.filter((file) => !placeOf(file)).map(unplaced))].map(
    (folder) => `${folder}: has no floor; add it to “floors” in ${here}, above every folder that it imports`,
  ),
  ...unplacedRooms(files).map(
    (room) => `${room}: has no place in the order; add it to “rooms” in ${here}, after every folder that it imports`,
  ),
  ...patterns
    .filter(({ pattern }) => !files.some((file) => matcher(pattern).test(file)))
    .map(({ pattern, floor }) => `${here}: the floor “${floor.name}” names ${pattern}, which has no TypeScript`),
  ...Object.entries(rooms).flatMap(([house, names]) =>
    names
      .filter((name) => !files.includes(`${house}/${name}/index.ts`))
      .map((name) => `${house}/${name}: has no index.ts`),
  ),
  ...imports.flatMap(importFaults),
];
