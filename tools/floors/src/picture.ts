/** The floors as a picture, drawn from the data that the test holds all imports to. */
import { floors, rooms } from './floors.ts';

/** One box under the other, the highest floor first. */
export const picture = (): string => {
  const names = Math.max(...floors.map(({ name }) => name.length));
  const indent = ' '.repeat(names + 2);
  return floors
    .toReversed()
    .map(({ name, folders, purpose }) => `${name.padEnd(names)}  ${folders.join(' · ')}\n${indent}${purpose}`)
    .join(`\n${indent}│ imports\n`);
};

const roomLists = (): string =>
  Object.entries(rooms)
    .map(([house, names]) => `\`${house}\`: ${names.map((name) => `\`${name}\``).join(', ')}.`)
    .join('\n');

/** The page about floors and rooms. @param note where it comes from */
export const floorsPage = (note: string): string => `# Who imports whom

${note}

\`\`\`
${picture()}
\`\`\`

A folder imports from the floors below its own, and from nothing else: not from the same floor, and not from above. That
holds for its tests too. What two folders need goes below both. \`tools/floors/src/floors.ts\` is the data of this picture, and
\`tools/floors/test\` holds every import of the repository to it. A new folder in \`tools\` gets a floor there; a new application has
one, because its folder is in \`libs\`.
${
  Object.keys(rooms).length > 0
    ? `
## Rooms

These folders are divided into rooms, from the lowest to the highest. A room's door is its \`index.ts\`: whatever is outside
imports that file alone. A room imports those before it. The tests of the tool may look inside.

${roomLists()}
`
    : ''
}`;
