/** Syncs one cluster from the committed repository with the stage's Argo CD, and reports the result. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kustomizeBuild } from '../../../manifests/src/kustomize.ts';
import { at, parseManifests, type Manifest } from '../../../manifests/src/manifest.ts';
import { state, until, type Kubectl } from '../kubernetes/index.ts';
import { applicationName, getApplication, isSettled, reason, type Application } from './application.ts';
import { branch, sourceFolder, sourceUrl } from './source.ts';
import { unhealthyReason } from './unhealthy.ts';

/** The stage is the destination with the cluster's own name, as a platform team would register it. */
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

/** An object in the namespace of the stage's Argo CD. */
const onStage = ({ metadata, ...rest }: Manifest): Manifest => ({
  ...rest,
  metadata: { ...metadata, namespace: 'argocd' },
});

/** The ApplicationSet with one folder as its only cluster. */
const followingOnly = (path: string, { spec, ...rest }: Manifest): Manifest => {
  const git = at(spec, 'generators', 0, 'git') as Readonly<Record<string, unknown>>;
  return { ...rest, spec: { ...spec, generators: [{ git: { ...git, directories: [{ path }] } }] } };
};

/** The objects of `overlays/argo-cd`, with this repository instead of a fork's, and for one cluster. */
const bootstrap = async (kubectl: Kubectl, cluster: string): Promise<void> => {
  const text = readFileSync(join(sourceFolder('overlays/argo-cd'), 'repository.yaml'), 'utf8');
  const [, url = '', revision = ''] = /url: (\S+)\n\s+revision: (\S+)/.exec(text) ?? [];
  const rendered = (await kustomizeBuild(sourceFolder('overlays/argo-cd')))
    .replaceAll(url, sourceUrl)
    .replaceAll(new RegExp(String.raw`revision: ${revision}$`, 'gm'), `revision: ${branch}`);
  // One folder alone, which may be an example.
  const objects = parseManifests(rendered)
    .map(onStage)
    .map((object) => (object.kind === 'ApplicationSet' ? followingOnly(`clusters/${cluster}`, object) : object));
  const documents = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  await kubectl.run(['apply', '--server-side', '-f', '-'], documents);
};

/** Makes Argo CD refresh now instead of at its next period. */
export const refresh = (kubectl: Kubectl, cluster: string) =>
  kubectl.run([
    ...['annotate', 'application', applicationName(cluster), '-n', 'argocd', '--overwrite'],
    'argocd.argoproj.io/refresh=normal',
  ]);

/**
 * Waits until a commit is Synced and Healthy.
 * @param seconds how long it may take
 * @throws Error with Argo CD's reason, and the events and the log of the first object that is not healthy
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
  // Once, because each refresh counts against Argo CD's rate limit for an Application. Argo CD looks every 10 s anyway.
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

/**
 * Lets Argo CD sync a committed cluster on a prepared stage.
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
