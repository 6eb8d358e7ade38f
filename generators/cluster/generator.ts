/** Nx generator: adds a cluster. */
import { getProjects, logger, type Tree } from '@nx/devkit';
import { clusterNames } from '../../tools/clusters/src/render.ts';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { refusing } from '../src/refusing.ts';
import { clusterFiles, type ClusterRequest } from './cluster.ts';

type Options = Omit<ClusterRequest, 'options' | 'description'> & {
  readonly options: string;
  readonly description?: string;
};

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Adds the folder of a cluster, or refuses with every reason and adds nothing. */
export default function cluster(tree: Tree, { options, description, ...rest }: Options): () => void {
  return refusing(() => {
    const taken = new Set([...clusterNames(tree.root), ...getProjects(tree).keys()]);
    const request: ClusterRequest = {
      ...rest,
      options: listed(options),
      description: description ?? `Cluster ${rest.name}.`,
    };
    for (const [path, text] of Object.entries(clusterFiles(request, readOverlays(tree.root), taken))) {
      tree.write(path, text);
    }
    return () => logger.info(`Next: npm start, and commit clusters/${request.name}. Argo CD finds it by itself.`);
  });
}
