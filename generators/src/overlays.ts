/** Declarations that name an overlay: which there are, and what is wrong with a name. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { joinings, presenceFolder, workloadsOf, type Application, type Mergeable } from '@cost-onprem/kit';
import { parseKustomization } from '../../tools/clusters/src/kustomization.ts';
import { allowed } from '../../tools/repository/src/suggest.ts';
import type { Files } from '../../tools/repository/src/owned-folder.ts';
import { placeOf, quoted } from './place.ts';

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

const unlisted = (application: Application, root: string): readonly string[] =>
  Object.entries(joinings(application)).flatMap(([overlay, joined]) => {
    const file = `overlays/${overlay}/kustomization.yaml`;
    const component = `libs/${application.name}/base/${presenceFolder(overlay)}`;
    const { components = [] } = parseKustomization(readFileSync(join(root, file), 'utf8'));
    const listed = components.map((reference) => posix.join(posix.dirname(file), reference));
    const clients = joined.map(({ target }) => target.name).join(', ');
    return listed.includes(component)
      ? []
      : [
          `${file}: must list ${posix.relative(posix.dirname(file), component)} in its components, because it joins ${clients} to a server that comes with ${overlay}`,
        ];
  });

/** What is wrong with the connections of an application that depend on an overlay; each sentence begins with the file. */
export const connectionFaults = (application: Application, root: string): readonly string[] => {
  const names = overlayNames(root);
  const unknown = workloadsOf(application).flatMap(({ name, connects = [] }) =>
    connects.flatMap(({ to, when }) =>
      when === undefined || names.includes(when)
        ? []
        : [
            `${placeOf(quoted(when), application.name, root)}: ${name} connects to ${to.workload} when: ${when}, which is no overlay; ${allowed(when, names)}`,
          ],
    ),
  );
  return unknown.length > 0 ? unknown : unlisted(application, root);
};

/** What is wrong with the settings of a library that depend on an overlay; each sentence begins with the file. */
export const settingFaults = (mergeables: readonly Mergeable[], library: string, root: string): readonly string[] => {
  const names = overlayNames(root);
  return mergeables.flatMap(({ name, settings }) =>
    Object.entries(settings).flatMap(([key, { withOverlay }]) =>
      withOverlay === undefined || names.includes(withOverlay)
        ? []
        : [
            `${placeOf(quoted(withOverlay), library, root)}: ${key} of ${name} is set withOverlay: ${withOverlay}, which is no overlay; ${allowed(withOverlay, names)}`,
          ],
    ),
  );
};
