/** Declarations that name an overlay: which there are, and what is wrong with a name. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mergeable } from '@cost-onprem/kit';
import { allowed } from '../../tools/clusters/src/suggest.ts';
import type { Files } from './folder.ts';

/** Overlays that a cluster can list, as `<folder>/<name>`, sorted. */
export const overlayNames = (root: string): readonly string[] =>
  globSync('overlays/*/*/kustomization.yaml', { cwd: root })
    .map((file) => dirname(file).split(/[\\/]/).slice(1).join('/'))
    .toSorted();

/** The closed type of those names, for the declarations. */
export const overlayType = (names: readonly string[]): Files => ({
  'overlay.ts': `// Written from the folders of overlays/ by \`npm run generate\`; edits are lost.

/** An overlay that a cluster can list, as \`<folder>/<name>\` below overlays/. */
export type Overlay =
${names.map((name) => `  | '${name}'`).join('\n')};
`,
});

/** Where a library's sources say a word: `<file>:<line>`, or the sources as a whole where it is put together. */
const placeOf = (word: string, library: string, root: string): string => {
  const folder = `libs/${library}/src`;
  for (const file of globSync(`${folder}/**/*.ts`, { cwd: root }).toSorted()) {
    const line = readFileSync(join(root, file), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes(`'${word}'`));
    if (line !== -1) return `${file}:${line + 1}`;
  }
  return folder;
};

/** What is wrong with the settings of a library that depend on an overlay; each sentence begins with the file. */
export const settingFaults = (mergeables: readonly Mergeable[], library: string, root: string): readonly string[] => {
  const names = overlayNames(root);
  return mergeables.flatMap(({ name, settings }) =>
    Object.entries(settings).flatMap(([key, { withOverlay }]) =>
      withOverlay === undefined || names.includes(withOverlay)
        ? []
        : [
            `${placeOf(withOverlay, library, root)}: ${key} of ${name} is set withOverlay: ${withOverlay}, which is no overlay; ${allowed(withOverlay, names)}`,
          ],
    ),
  );
};
