/** What is wrong with the imports of a repository, by its floors and its rooms. */
import { discoveries, floors, rooms, type Floor } from './floors.ts';
import type { Import } from './imports.ts';

const here = 'tools/floors/src/floors.ts';

/** A pattern of a floor as a regular expression for paths in such a folder; the first group is the folder. */
const matcher = (pattern: string): RegExp => new RegExp(`^(${pattern.replaceAll('*', '[^/]+')})(?:/|$)`);

/** Paths of more names first, and those with `*` after the others: the first that matches is the folder. */
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

/** The folder that a path is in and its floor, or nothing where it has none. */
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
  if (!target) return [`${file}:${line}: imports ${to}, which is in no folder with a floor; ${allowed(from)}`];
  if (target.folder === from.folder || heightOf(target) < heightOf(from)) return [];
  const where = target.floor === from.floor ? 'the same floor' : `the floor “${target.floor.name}” above`;
  return [`${file}:${line}: imports ${to}, which is on ${where}; ${allowed(from)}`];
};

const allowed = (from: Place): string =>
  `${from.folder} is on the floor “${from.floor.name}” and may import ${listed(below(from))}. Move what both need below both`;

interface Room {
  /** The folder that has the rooms. */
  readonly house: string;
  /** Name of the room; nothing for a file beside the rooms. */
  readonly name: string | undefined;
}

const roomOf = (path: string): Room | undefined => {
  const house = Object.keys(rooms).find((folder) => path.startsWith(`${folder}/`));
  if (house === undefined) return undefined;
  const [first = '', ...rest] = path.slice(house.length + 1).split('/');
  return { house, name: rest.length > 0 ? first : undefined };
};

/** Tests of a house look into its rooms; all else comes through a door. */
const mayLookInside = (file: string, house: string): boolean => {
  const owner = placeOf(house)?.folder ?? house;
  return file.startsWith(`${owner}/`) && !file.startsWith(`${house}/`);
};

const doorsOf = (house: string): readonly string[] => (rooms[house] ?? []).map((name) => `${house}/${name}/index.ts`);

/** The faults of an import of a file in a house: by another door than the room's, or of a room that is not lower. */
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
    ...(doors.includes(to) ? [] : [`only the doors of rooms may be: ${listed(doors)}`]),
    ...(name === undefined || lower.includes(name) ? [] : [`the room ${from?.name} may import ${listed(lower)}`]),
  ].map((fault) => `${file}:${line}: imports ${to}; ${fault}`);
};

const importFaults = (one: Import): readonly string[] => {
  const { file, line, to } = one;
  const from = placeOf(file);
  // Said once for the folder, not for each of its imports.
  if (!from) return [];
  if (to !== undefined) return [...arrowFault(from, one), ...roomFaults(one)];
  return discoveries.includes(file)
    ? []
    : [
        `${file}:${line}: imports what only the running program knows; ${listed(discoveries)} may. Write the path as a literal, or add the file to “discoveries” in ${here}`,
      ];
};

/** The folder that somebody who adds a floor would name. */
const unplaced = (file: string): string => {
  const [top = '', name = ''] = file.split('/');
  return top === 'libs' || top === 'tools' ? `${top}/${name}` : top;
};

/** The name of the room of each file in a house that no order names. */
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
 * @param imports theirs
 */
export const floorFaults = (files: readonly string[], imports: readonly Import[]): readonly string[] => [
  ...[...new Set(files.filter((file) => !placeOf(file)).map(unplaced))].map(
    (folder) => `${folder}: has no floor; add it to “floors” in ${here}, above all that it imports`,
  ),
  ...unplacedRooms(files).map(
    (room) => `${room}: is a room without a place; add it to “rooms” in ${here}, after all that it imports`,
  ),
  ...patterns
    .filter(({ pattern }) => !files.some((file) => matcher(pattern).test(file)))
    .map(({ pattern, floor }) => `${here}: the floor “${floor.name}” names ${pattern}, where no TypeScript is`),
  ...Object.entries(rooms).flatMap(([house, names]) =>
    names
      .filter((name) => !files.includes(`${house}/${name}/index.ts`))
      .map((name) => `${house}/${name}: has no index.ts, its door`),
  ),
  ...imports.flatMap(importFaults),
];
