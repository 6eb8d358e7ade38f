/** Draws the floors from the data with which the test checks all imports. */
import { floors, rooms } from './floors.ts';

/** One box below the other, the highest floor first. */
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

/** The page about the floors. @param note about its source */
export const floorsPage = (note: string): string => `# Who imports whom

${note}

\`\`\`
${picture()}
\`\`\`

A folder imports only from the floors below its own, not from the same floor and not from above. The same applies to its
tests. Code that two folders need goes below both. \`tools/floors/src/floors.ts\` is the data of this picture, and
\`tools/floors/test\` checks every import of the repository. A new folder in \`tools\` gets a floor there. A new application has
one, because its folder is in \`libs\`.
${
  Object.keys(rooms).length > 0
    ? `
## Subfolders

The subfolders of these folders have an order, too, from the lowest to the highest. A subfolder imports those before it. Files
outside of a subfolder import only its \`index.ts\`. The tool's own tests may import every file.

${roomLists()}
`
    : ''
}`;
