/**
 * Maps paths of the repository to projects of Nx. This is the only place that knows the layout of the repository.
 */
import { globSync } from 'node:fs';

/** Singular of the folders' names in overlays/. */
const singular: Readonly<Record<string, string>> = {
  stacks: 'stack',
  platforms: 'platform',
  options: 'option',
  profiles: 'profile',
};

/** A project: its name and its root folder. */
export interface Place {
  readonly kind: 'library' | 'rehearsal' | 'tool' | 'generators' | 'overlay' | 'cluster' | 'workspace';
  readonly name: string;
  readonly root: string;
}

/** The project that a path belongs to, by its first folders; paths use `/`. */
export const placeOf = (path: string): Place => {
  const [top = '', second = '', third = ''] = path.split('/');
  switch (top) {
    case 'libs':
      // A project of its own: a change of a check is no change of what the application deploys.
      if (third === 'rehearsal')
        return { kind: 'rehearsal', name: `rehearsal-${second}`, root: `libs/${second}/rehearsal` };
      return { kind: 'library', name: `@cost-onprem/${second}`, root: `libs/${second}` };
    case 'tools':
      return { kind: 'tool', name: `tools-${second}`, root: `tools/${second}` };
    case 'generators':
      return { kind: 'generators', name: '@cost-onprem/generators', root: 'generators' };
    case 'clusters':
      return { kind: 'cluster', name: second, root: `clusters/${second}` };
    case 'overlays':
      return second === 'argo-cd'
        ? { kind: 'overlay', name: second, root: 'overlays/argo-cd' }
        : { kind: 'overlay', name: `${singular[second] ?? second}-${third}`, root: `overlays/${second}/${third}` };
    default:
      return { kind: 'workspace', name: 'workspace', root: '.' };
  }
};

/** Files whose folder is a project, except those of clusters. */
const fixedMarkers = [
  'package.json',
  'generators/package.json',
  'libs/*/src/index.ts',
  'libs/*/rehearsal/index.ts',
  'tools/*/src/*.ts',
  'overlays/argo-cd/kustomization.yaml',
  'overlays/*/*/kustomization.yaml',
];

/** Files whose folder is a project, as a glob. */
export const markers = `{${[...fixedMarkers, 'clusters/*/kustomization.yaml'].join(',')}}`;

/** All projects except clusters, by their root folder. */
export const fixedPlaces = (root: string): ReadonlyMap<string, Place> =>
  new Map(
    globSync(fixedMarkers, { cwd: root })
      .map(placeOf)
      .map((place) => [place.root, place]),
  );
