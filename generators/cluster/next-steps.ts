/** What a person does after a new cluster was written. */
import { renderCluster } from '../../tools/clusters/src/render.ts';
import { mayBeRandom, secretsChoice, secretsToMake } from '../../tools/manifests/src/secrets.ts';
import type { Manifest } from '../../tools/manifests/src/manifest.ts';

/** Secrets that no Job of the cluster creates, by name: a person brings them before the first sync. */
export const broughtSecrets = (objects: readonly Manifest[]): readonly string[] => {
  const generated = secretsChoice(objects) === 'generated';
  return secretsToMake(objects)
    .filter((declared) => !(generated && mayBeRandom(objects, declared)))
    .map(({ name }) => name)
    .toSorted();
};

/** The step for Secrets, if there are any to bring. */
const secretsStep = (name: string, objects: readonly Manifest[]): readonly string[] => {
  const brought = broughtSecrets(objects);
  return brought.length === 0
    ? []
    : [
        `bring the Secrets ${brought.join(', ')} before the first sync: npm run secrets -- ${name} lists their keys and the commands`,
      ];
};

/**
 * What to do next for a cluster that is in the repository, before its commit.
 * @throws ClusterFaults if the cluster does not render
 */
export const nextSteps = async (name: string, root: string): Promise<readonly string[]> => [
  ...secretsStep(name, (await renderCluster(name, root)).objects),
  `run npm start, and read dist/clusters/${name}.yaml`,
  `register the cluster in Argo CD under the name ${name}: overlays/argo-cd/README.md says how`,
];

/** Steps as a numbered list, under the word Next. */
export const numbered = (steps: readonly string[]): string =>
  ['Next:', ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n');
