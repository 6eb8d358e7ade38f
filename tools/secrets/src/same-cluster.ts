/** Compares the cluster behind a context of kubectl with a render, because a rotation in another cluster breaks it. */
import { namespace, publicAddress } from '@cost-onprem/contracts';
import { configMapNamed, isConfigMap } from '../../manifests/src/hash-suffix.ts';
import { at, identity, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { RunKubectl } from './kubectl.ts';

const hostsOf = ({ spec }: Manifest): readonly string[] => {
  const rules = (at(spec, 'rules') ?? []) as readonly { readonly host?: string }[];
  return [at(spec, 'host'), ...rules.map(({ host }) => host)].filter((host) => typeof host === 'string');
};

const isEntry = ({ kind }: Manifest): boolean => kind === 'Ingress' || kind === 'Route';

/** The live object, or undefined where it or its kind does not exist. */
const live = async (kubectl: RunKubectl, object: Manifest): Promise<Manifest | undefined> => {
  const get = ['get', kindOf(object), object.metadata.name, '-n', namespace, '--ignore-not-found', '-o', 'json'];
  try {
    const { out } = await kubectl(get);
    return out.trim() === '' ? undefined : (JSON.parse(out) as Manifest);
  } catch (error) {
    if ((error as Error).message.includes("doesn't have a resource type")) return undefined;
    throw error;
  }
};

/**
 * The hosts of the platform that runs: those of its Ingress or Route, of which there is one. Without it, because it is
 * in the last wave, those of the ConfigMap, of which older ones may remain.
 */
const liveHosts = async (kubectl: RunKubectl, objects: readonly Manifest[]): Promise<readonly string[]> => {
  const entries = await Promise.all(objects.filter(isEntry).map((entry) => live(kubectl, entry)));
  const hosts = entries.flatMap((entry) => (entry ? hostsOf(entry) : []));
  if (hosts.length > 0) return hosts;
  const { out } = await kubectl(['get', 'configmaps', '-n', namespace, '-o', 'json']);
  const { items } = JSON.parse(out) as { readonly items: readonly Manifest[] };
  // A list of one kind does not repeat the kind.
  return items
    .map((item) => ({ ...item, kind: 'ConfigMap' }))
    .filter((item) => isConfigMap(item, publicAddress.name))
    .flatMap(({ data = {} }) => data['host'] ?? []);
};

/**
 * The public host of a render, after a comparison with the cluster behind a context.
 * @throws Error naming both hosts and the context if another cluster or none of ours runs there
 */
export const refuseOtherCluster = async (
  kubectl: RunKubectl,
  objects: readonly Manifest[],
  context: string,
): Promise<string> => {
  const host = configMapNamed(objects, publicAddress.name)?.data?.['host'] ?? '';
  const found = await liveHosts(kubectl, objects);
  if (found.includes(host)) return host;
  if (found.length > 0)
    throw new Error(
      `the context ${context} is another cluster: its public host is ${[...new Set(found)].join(', ')}, and this one's is ${host}. Name the right context with --context; if the host has just changed, sync first`,
    );
  const entry = objects.filter(isEntry).map(identity).join(', ');
  throw new Error(
    `the context ${context} runs no platform: its namespace ${namespace} has neither ${entry || 'an Ingress'} nor a ConfigMap ${publicAddress.name}, whose host should be ${host}. Name the right context with --context`,
  );
};
