/** Nx generator: adds a cluster. */
import { logger, type Tree } from '@nx/devkit';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { clusterNames, projectNames } from '../../tools/repository/src/clusters.ts';
import { refusing } from '../src/refusing.ts';
import type { ClusterRequest } from './cluster.ts';

type Options = Omit<ClusterRequest, 'host' | 'options' | 'settings' | 'description'> & {
  readonly host?: string;
  readonly options: string;
  /** Once or repeated; Nx also splits each at its commas. */
  readonly settings: readonly string[];
  readonly description?: string;
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Adds a cluster's folder. If the request is wrong, throws an error with every reason and adds nothing. */
export default async function cluster(
  tree: Tree,
  { host = '', options, settings, description, ...rest }: Options,
): Promise<() => Promise<void>> {
  // Nx requires this file, and what awaits at its top, as the checks of all declarations do, can only be imported.
  const { clusterFiles, settingsIn } = await import('./cluster.ts');
  const taken = new Set([...clusterNames(tree.root), ...projectNames(tree.root)]);
  return refusing(() => {
    const request: ClusterRequest = {
      ...rest,
      host,
      options: listed(options),
      settings: settingsIn(settings.join(',')),
      description: description ?? `Cluster ${rest.name}.`,
    };
    for (const [path, text] of Object.entries(clusterFiles(request, readOverlays(tree.root), taken))) {
      tree.write(path, text);
    }
    return async () => {
      const { nextSteps, numbered } = await import('./next-steps.ts');
      const steps = await nextSteps(request.name, tree.root);
      logger.info(numbered([...steps, `commit clusters/${request.name}: Argo CD then finds the cluster`]));
    };
  });
}
