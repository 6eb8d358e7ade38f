/** Syncs one cluster from the committed repository with the stage's Argo CD, and says how it went. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'js-yaml';
import { namespace } from '@cost-onprem/contracts';
import { mapValues, operatorKinds } from '@cost-onprem/kit';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { at, type Manifest } from '../../manifests/src/manifest.ts';
import { mayBeRandom, secretsChoice, secretsToMake } from '../../manifests/src/secrets.ts';
import { cacheFolder } from '../../repository/src/repository.ts';
import { committedDefinitions } from '../../schemas/src/inputs.ts';
import { randomValue } from '../../secrets/src/random.ts';
import { applicationName, getApplication, isSettled, reason, type Application } from './application.ts';
import type { Kubectl } from './kubectl.ts';
import { start, until } from './processes.ts';
import { branch, commitChange, makeSource, sourceFolder, sourceUrl, withOption } from './source.ts';
import { kubeconfig, state } from './stage.ts';
import { unhealthyReason } from './unhealthy.ts';
import { kokuSettings } from '../../../libs/koku/src/settings.ts';

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

/** Takes the place of an ingress controller, of a resizer of volumes, and of the operators. */
const startStandIns = (): void => {
  const operated = admittedDefinitions()
    .filter(({ spec }) => `${spec.names.kind}.${spec.group}` in operatorKinds)
    .map(({ metadata }) => metadata.name);
  const kinds = ['ingresses', 'routes', 'persistentvolumeclaims', ...operated].join(',');
  const script = join(import.meta.dirname, 'stand-ins.ts');
  start(state, 'stand-ins', [process.execPath, script, kubeconfig, kinds], {
    PATH: process.env['PATH'],
    COST_ONPREM_CACHE: cacheFolder,
  });
};

/** The stage is the destination under the cluster's own name, as a platform team would register it. */
const register = (kubectl: Kubectl, cluster: string) =>
  kubectl.run(
    ['apply', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'stage', namespace: 'argocd', labels: { 'argocd.argoproj.io/secret-type': 'cluster' } },
      stringData: { name: cluster, server: 'https://kubernetes.default.svc', config: '{}' },
    }),
  );

/** What `overlays/argo-cd` gives Argo CD, with this repository in place of a fork's, and for one cluster. */
const bootstrap = async (kubectl: Kubectl, cluster: string): Promise<void> => {
  const text = readFileSync(join(sourceFolder('overlays/argo-cd'), 'repository.yaml'), 'utf8');
  const [, url = '', revision = ''] = /url: (\S+)\n\s+revision: (\S+)/.exec(text) ?? [];
  const rendered = (await kustomizeBuild(sourceFolder('overlays/argo-cd')))
    .replaceAll(url, sourceUrl)
    .replaceAll(new RegExp(String.raw`(revision|targetRevision): ${revision}$`, 'gm'), `$1: ${branch}`)
    .replace('path: clusters/*', `path: clusters/${cluster}`);
  await kubectl.run(['apply', '--server-side', '-f', '-'], rendered);
};

/** Asks Argo CD to look now instead of at its next round. */
export const refresh = (kubectl: Kubectl, cluster: string) =>
  kubectl.run([
    ...['annotate', 'application', applicationName(cluster), '-n', 'argocd', '--overwrite'],
    'argocd.argoproj.io/refresh=normal',
  ]);

/**
 * Waits until a commit is synced and healthy.
 * @param seconds how long it may take
 * @throws Error with what Argo CD says, and the events and the log of the first object that is not healthy
 */
export const waitSettled = async (
  kubectl: Kubectl,
  cluster: string,
  commit: string,
  seconds: number,
): Promise<Application> => {
  const began = performance.now();
  let seen = '';
  let last: Application | undefined;
  // Once: each refresh counts against the rate at which Argo CD works on an Application. It looks every 10 s anyway.
  await refresh(kubectl, cluster).catch(() => undefined);
  while (performance.now() - began < seconds * 1000) {
    last = await getApplication(kubectl, cluster).catch(() => last);
    if (last && isSettled(last, commit)) return last;
    const now = last?.status?.operationState?.message ?? '';
    if (now !== '' && now !== seen)
      console.error(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${now}`);
    seen = now;
    await sleep(500);
  }
  throw new Error(
    [
      `${cluster} is not Synced and Healthy after ${seconds} s: ${last ? reason(last) : 'there is no Application'}`,
      ...(last ? await unhealthyReason(kubectl, last) : []),
    ].join('\n'),
  );
};

/** Five minutes in the place of thirty, so that Beat's schedule is seen to fire. */
const withQuickSchedule = (text: string): string =>
  `${text}  - name: ${kokuSettings.name}
    behavior: merge
    literals:
      - DELAYED_TASK_POLLING_MINUTES=5
`;

/**
 * Commits what is to be rehearsed: this repository's HEAD, with options added to a cluster.
 * @returns the commit, the tip of the rehearsal's own branch
 */
export const commitCluster = (cluster: string, options: readonly string[]): string => {
  makeSource();
  const file = `clusters/${cluster}/kustomization.yaml`;
  for (const option of options) commitChange(file, `Add ${option}`, withOption(option));
  return commitChange(file, 'Rehearse', withQuickSchedule);
};

/** Prepares a stage that is up for a cluster: what a platform team has there before it lets Argo CD sync. */
export const prepareCluster = async (kubectl: Kubectl, objects: readonly Manifest[]): Promise<void> => {
  await applyDefinitions(kubectl);
  startStandIns();
  await kubectl.run(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }),
  );
  await bringSecrets(kubectl, objects);
};

/**
 * Lets Argo CD sync a committed cluster on a stage that is prepared for it.
 * @param seconds how long it may take
 */
export const syncCluster = async (
  kubectl: Kubectl,
  cluster: string,
  commit: string,
  seconds: number,
): Promise<Application> => {
  await register(kubectl, cluster);
  await bootstrap(kubectl, cluster);
  await until('the Application’s creation', 60, state, async () => Boolean(await getApplication(kubectl, cluster)));
  return waitSettled(kubectl, cluster, commit, seconds);
};
