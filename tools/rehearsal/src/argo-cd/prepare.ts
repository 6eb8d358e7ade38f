/** What a platform team has on a cluster before it lets Argo CD sync. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { mapValues, operatorKinds } from '@cost-onprem/kit';
import { at, type Manifest } from '../../../manifests/src/manifest.ts';
import { mayBeRandom, secretsChoice, secretsToMake } from '../../../manifests/src/secrets.ts';
import { committedDefinitions } from '../../../schemas/src/inputs.ts';
import { randomValue } from '../../../secrets/src/random.ts';
import { startStandIns, type Kubectl } from '../kubernetes/index.ts';
import { sourceFolder } from './source.ts';

/** What a person brings to a cluster: the Secrets that nothing of its own makes, with random values that nobody sees. */
const bringSecrets = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<void> => {
  const generated = secretsChoice(objects) === 'generated';
  const brought = secretsToMake(objects).filter((declared) => !(generated && mayBeRandom(objects, declared)));
  for (const { name, lengths } of brought) {
    const stringData = mapValues(lengths, (length) => randomValue(length));
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
    await kubectl.run(['apply', '--server-side', '-f', '-'], JSON.stringify(object));
  }
};

/** Kinds that Argo CD may apply, `Kind.group`: a check may add an option whose kinds the first render lacks. */
const admittedKinds = (): ReadonlySet<string> => {
  const project = load(readFileSync(join(sourceFolder('overlays/argo-cd'), 'app-project.yaml'), 'utf8'));
  const kinds = at(project, 'spec', 'namespaceResourceWhitelist') as readonly { group: string; kind: string }[];
  return new Set(kinds.map(({ group, kind }) => `${kind}.${group}`));
};

/** Definitions of the custom kinds among them, and of no others: Argo CD watches every kind that there is. */
const admittedDefinitions = () => {
  const admitted = admittedKinds();
  return committedDefinitions().filter(({ spec }) => admitted.has(`${spec.names.kind}.${spec.group}`));
};

const applyDefinitions = async (kubectl: Kubectl): Promise<void> => {
  const items = admittedDefinitions();
  // Documents, not a List: kubectl itself checks a List, and refuses the null that one kind has in an enum.
  const documents = items.map((item) => JSON.stringify(item)).join('\n---\n');
  await kubectl.run(['apply', '--server-side', '-f', '-'], documents);
  const names = items.map(({ metadata }) => `customresourcedefinition/${metadata.name}`);
  await kubectl.run(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
};

/** Names of those among them that an operator would look after. */
const operatedKinds = (): readonly string[] =>
  admittedDefinitions()
    .filter(({ spec }) => `${spec.names.kind}.${spec.group}` in operatorKinds)
    .map(({ metadata }) => metadata.name);

/** Prepares a stage that is up for a cluster. */
export const prepareCluster = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<void> => {
  await applyDefinitions(kubectl);
  startStandIns(operatedKinds());
  await kubectl.run(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }),
  );
  await bringSecrets(kubectl, objects);
};
