/** What a platform team prepares on a cluster before the first sync of Argo CD. */
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

/** The Secrets that a person creates, because nothing in the cluster does, with random values. */
const bringSecrets = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<void> => {
  const generated = secretsChoice(objects) === 'generated';
  const brought = secretsToMake(objects).filter((declared) => !(generated && mayBeRandom(objects, declared)));
  for (const { name, lengths } of brought) {
    const stringData = mapValues(lengths, (length) => randomValue(length));
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
    await kubectl.run(['apply', '--server-side', '-f', '-'], JSON.stringify(object));
  }
};

/** Kinds that Argo CD may apply, as `Kind.group`. A check may add an option with kinds that the first render lacks. */
const admittedKinds = (): ReadonlySet<string> => {
  const project = load(readFileSync(join(sourceFolder('overlays/argo-cd'), 'app-project.yaml'), 'utf8'));
  const kinds = at(project, 'spec', 'namespaceResourceWhitelist') as readonly { group: string; kind: string }[];
  return new Set(kinds.map(({ group, kind }) => `${kind}.${group}`));
};

/** Definitions of the custom kinds among them, and of no others, because Argo CD watches every defined kind. */
const admittedDefinitions = () => {
  const admitted = admittedKinds();
  return committedDefinitions().filter(({ spec }) => admitted.has(`${spec.names.kind}.${spec.group}`));
};

const applyDefinitions = async (kubectl: Kubectl): Promise<void> => {
  const items = admittedDefinitions();
  // Documents, not a List: kubectl checks a List itself, and refuses the null that one kind has in an enum.
  const documents = items.map((item) => JSON.stringify(item)).join('\n---\n');
  await kubectl.run(['apply', '--server-side', '-f', '-'], documents);
  const names = items.map(({ metadata }) => `customresourcedefinition/${metadata.name}`);
  await kubectl.run(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
};

/** Names of those kinds that an operator reconciles. */
const operatedKinds = (): readonly string[] =>
  admittedDefinitions()
    .filter(({ spec }) => `${spec.names.kind}.${spec.group}` in operatorKinds)
    .map(({ metadata }) => metadata.name);

/** Prepares a running stage for a cluster. */
export const prepareCluster = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<void> => {
  await applyDefinitions(kubectl);
  startStandIns(operatedKinds());
  await kubectl.run(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }),
  );
  await bringSecrets(kubectl, objects);
};
