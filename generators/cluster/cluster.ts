/** From a few words to a cluster's kustomization.yaml, by the same checks that every cluster passes. */
import { parseKustomization } from '../../tools/clusters/src/kustomization.ts';
import { layerFaults } from '../../tools/clusters/src/layers.ts';
import type { Effect, Overlays } from '../../tools/clusters/src/overlays.ts';
import { settingFaults } from '../../tools/clusters/src/settings.ts';

/** What is asked for. */
export interface ClusterRequest {
  readonly name: string;
  readonly host: string;
  readonly platform: string;
  readonly stack: string;
  readonly profile: string;
  readonly storage: string;
  readonly options: readonly string[];
  readonly namespace: string;
  /** One sentence, for the first line of the file. */
  readonly description: string;
}

const order: Readonly<Record<Effect, number>> = { adds: 0, patches: 1, removes: 2 };

/** Options in their lawful order; those with the same effect by name. */
const ordered = (options: readonly string[], { options: effects }: Overlays): readonly string[] =>
  options.toSorted((a, b) => order[effects[a] ?? 'patches'] - order[effects[b] ?? 'patches'] || (a < b ? -1 : 1));

const kustomization = (request: ClusterRequest, overlays: Overlays): string => {
  const options = ordered(request.options, overlays).map(
    (option, index) => `  - ../../overlays/options/${option}${index === 0 ? ' # what differs here' : ''}\n`,
  );
  return `# ${request.description}
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${request.namespace}
resources:
  - ../../overlays/stacks/${request.stack} # what there is
components:
  - ../../overlays/platforms/${request.platform} # where it runs
${options.join('')}  - ../../overlays/storage/${request.storage} # how much disk
  - ../../overlays/profiles/${request.profile} # how big; always last
configMapGenerator: # what only this cluster knows
  - name: public
    behavior: merge
    literals:
      - host=${request.host}
`;
};

/** A label of DNS, for the name becomes part of object names. */
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const nameFaults = (name: string, taken: ReadonlySet<string>): readonly string[] => [
  ...(dnsLabel.test(name) ? [] : ['is no name for a cluster: it must be up to 63 of a-z, 0-9 and -, no - at its ends']),
  ...(taken.has(name) ? ['is the name of another cluster or project already'] : []),
];

/**
 * The files of a new cluster, by path in the repository.
 * @param taken names that are in use
 * @throws Error with all faults of the request, one a line
 */
export const clusterFiles = (
  request: ClusterRequest,
  overlays: Overlays,
  taken: ReadonlySet<string>,
): Readonly<Record<string, string>> => {
  const text = kustomization(request, overlays);
  const parsed = parseKustomization(text);
  const faults = [
    ...nameFaults(request.name, taken),
    ...(dnsLabel.test(request.namespace) ? [] : [`names the namespace ${request.namespace}, which Kubernetes refuses`]),
    ...layerFaults(parsed, request.name, overlays),
    ...settingFaults(parsed),
  ];
  if (faults.length > 0) throw new Error(faults.map((fault) => `cluster ${request.name}: ${fault}`).join('\n'));
  return { [`clusters/${request.name}/kustomization.yaml`]: text };
};
