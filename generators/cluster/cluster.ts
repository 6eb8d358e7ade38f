/**
 * Writes a cluster's kustomization.yaml from the options of the generator, after the checks that every cluster passes.
 */
import { namespace } from '@cost-onprem/contracts';
import type { ClusterKustomization } from '../../tools/clusters/src/kustomization.ts';
import { layerFaults, overlaysOf } from '../../tools/clusters/src/layer-faults.ts';
import { choices, layers, type ChoiceArgument, type Layer, type List } from '../../tools/clusters/src/layers.ts';
import { layerOf, type Overlays } from '../../tools/clusters/src/overlays.ts';
import { settingFaults } from '../../tools/clusters/src/settings.ts';
import { nameFault } from '../../tools/repository/src/clusters.ts';

/** The options of the generator: one answer for each choice, and the rest. An empty string means that the user left it out. */
export interface ClusterRequest extends Readonly<Partial<Record<ChoiceArgument, string>>> {
  readonly name: string;
  readonly host: string;
  readonly options: readonly string[];
  /** Settings that the cluster merges in addition to its host, each as `<ConfigMap>.<key>=<value>`. */
  readonly settings: readonly string[];
  /** One sentence, for the first line of the file. */
  readonly description: string;
}

/** Where the next setting begins: a comma before `<ConfigMap>.<key>=`. Any other comma belongs to a value. */
const nextSetting = /,(?=\s*[a-z0-9][a-z0-9-]*\.[\w.-]+=)/;

/** The settings in a text with commas between them, whose values may contain commas too: `a.host=x:9092,y:9092,a.port=9092`. */
export const settingsIn = (text: string): readonly string[] =>
  text
    .split(nextSetting)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** One overlay that the file names, and the remark behind it. */
interface Line {
  readonly list: List;
  readonly reference: string;
  /** The words behind it. */
  readonly remark: string;
}

const answer = (request: ClusterRequest, { argument, standard = '' }: (typeof choices)[number]): string =>
  request[argument] ?? standard;

/** Options with the effect of a layer, by name. */
const optionsOf = ({ options }: ClusterRequest, layer: Layer, overlays: Overlays): readonly string[] =>
  options.filter((option) => layerOf('options', option, overlays) === layer).toSorted();

/** The overlays, in their lawful order; the first of several from one folder has the remark. */
const lines = (request: ClusterRequest, overlays: Overlays): readonly Line[] =>
  layers
    .flatMap((layer) => {
      const choice = choices.find((other) => other === layer);
      const names = choice ? [answer(request, choice)] : optionsOf(request, layer, overlays);
      return names.filter((name) => name !== '').map((name) => ({ layer, name }));
    })
    .map(({ layer: { list, folder, remark }, name }, index, all) => ({
      list,
      reference: `../../overlays/${folder}/${name}`,
      remark: all[index - 1]?.layer.folder === folder ? '' : ` # ${remark}`,
    }));

interface Merge {
  readonly name: string;
  readonly literals: readonly string[];
}

const merge = (setting: string): Merge => {
  const [, name = '', literal = ''] = /^([^.=]+)\.(.+)$/s.exec(setting) ?? [];
  return { name, literals: [literal] };
};

/** The ConfigMaps that the cluster merges into, beginning with the one that has its host. */
const merges = ({ host, settings }: ClusterRequest): readonly Merge[] => {
  const all = [{ name: 'public', literals: host === '' ? [] : [`host=${host}`] }, ...settings.map(merge)];
  return [...new Set(all.map(({ name }) => name))].map((name) => ({
    name,
    literals: all.filter((other) => other.name === name).flatMap(({ literals }) => literals),
  }));
};

const namedIn = (list: List, all: readonly Line[]): readonly Line[] => all.filter((line) => line.list === list);

/** What the text says, for the checks: a word that would break the text is refused before it is in one. */
const kustomization = (request: ClusterRequest, overlays: Overlays): ClusterKustomization => {
  const all = lines(request, overlays);
  return {
    namespace,
    resources: namedIn('resources', all).map(({ reference }) => reference),
    components: namedIn('components', all).map(({ reference }) => reference),
    configMapGenerator: merges(request).map((entry) => ({ ...entry, behavior: 'merge' })),
  };
};

const listed = (list: List, all: readonly Line[]): string =>
  namedIn(list, all)
    .map(({ reference, remark }) => `  - ${reference}${remark}\n`)
    .join('');

const text = (request: ClusterRequest, overlays: Overlays): string =>
  `# yaml-language-server: $schema=../kustomization.schema.json
# ${request.description}
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${namespace}
resources:
${listed('resources', lines(request, overlays))}components:
${listed('components', lines(request, overlays))}configMapGenerator: # settings of this cluster
${merges(request)
  .map(
    ({ name, literals }) =>
      `  - name: ${name}\n    behavior: merge\n    literals:\n${literals.map((literal) => `      - ${literal}\n`).join('')}`,
  )
  .join('')}`;

const wordFaults = (request: ClusterRequest, taken: ReadonlySet<string>): readonly string[] => {
  const { name, description, options, settings } = request;
  return [
    ...[nameFault(name) ?? []].flat(),
    ...(taken.has(name) ? ['another cluster or project has this name already'] : []),
    ...(/[\r\n]/.test(description) ? ['the description must be one line'] : []),
    ...[...choices.map((choice) => answer(request, choice)), ...options]
      .filter((word) => word.includes('/'))
      .map((word) => `${word} is a path; give only the folder's name`),
    ...settings
      .filter((setting) => !/^[^.=\s]+\.[^=\s]+=\S+$/.test(setting))
      .map(
        (setting) =>
          `the setting ${setting} is not of the form <ConfigMap>.<key>=<value>, such as kafka-endpoint.port=9092`,
      ),
  ];
};

/**
 * The files of a new cluster, by path in the repository.
 * @param taken names of existing clusters and projects
 * @throws Error with all faults of the request, one per line
 */
export const clusterFiles = (
  request: ClusterRequest,
  overlays: Overlays,
  taken: ReadonlySet<string>,
): Readonly<Record<string, string>> => {
  const asked = kustomization(request, overlays);
  const faults = [
    ...wordFaults(request, taken),
    ...[...layerFaults(asked, request.name, overlays), ...settingFaults(asked, overlaysOf(asked, request.name))].map(
      ({ sentence }) => sentence,
    ),
  ];
  if (faults.length > 0) throw new Error(faults.map((fault) => `cluster ${request.name}: ${fault}`).join('\n'));
  return { [`clusters/${request.name}/kustomization.yaml`]: text(request, overlays) };
};
