/** Which project a path of the repository belongs to: the layout of the house, in one place. */

/** Words for one thing in a folder of overlays. */
const singular: Readonly<Record<string, string>> = {
  stacks: 'stack',
  platforms: 'platform',
  options: 'option',
  profiles: 'profile',
};

/** A project: what it is called and where its root is. */
export interface Place {
  readonly kind: 'library' | 'tool' | 'generators' | 'overlay' | 'cluster' | 'workspace';
  readonly name: string;
  readonly root: string;
}

/** The project that a path belongs to, by its first folders; paths use `/`. */
export const placeOf = (path: string): Place => {
  const [top = '', second = '', third = ''] = path.split('/');
  switch (top) {
    case 'libs':
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
