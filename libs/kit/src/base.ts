import { waveAnnotation } from './argo-cd.ts';
import { autoscaler } from './autoscaler.ts';
import { claim } from './claim.ts';
import { controller } from './controllers.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { domain, labels, onlyForLabel, roleLabel } from './labels.ts';
import { networkPolicies } from './network-policies.ts';
import { inEveryCluster, joinings, presenceFolder, type Joining } from './presence.ts';
import { prometheusRule } from './prometheus-rule.ts';
import { withPurpose } from './purposes.ts';
import { mapValues, unique } from './records.ts';
import { rights } from './rights.ts';
import { externalSecret, toMake } from './secrets.ts';
import { serviceAccount } from './service-account.ts';
import { serviceMonitor } from './service-monitor.ts';
import { service } from './service.ts';
import type { Application, Base, KubernetesObject, Mergeable, Purpose, Workload } from './vocabulary.ts';

/** A Kustomize folder as data: file names and contents. The writer writes the files. */
export interface KustomizeFolder {
  /** The kustomization without `resources`, because those are the files of `objects`. */
  readonly kustomization: Readonly<Record<string, unknown>>;
  readonly objects: Readonly<Record<string, readonly KubernetesObject[]>>;
  /** The patches that the kustomization lists, by file. */
  readonly patches?: Readonly<Record<string, object>>;
  /** Files that ConfigMap generators read, by path in the folder. */
  readonly texts: Readonly<Record<string, string>>;
}

/** All objects that the kit derives from one workload for every cluster, the most important ones first. */
export const consequences = (workload: Workload, application: string): readonly KubernetesObject[] => [
  controller(inEveryCluster(workload), application),
  ...service(workload, application),
  ...claim(workload, application),
  serviceAccount(workload, application),
  ...rights(workload, application),
  ...disruptionBudget(workload, application),
  ...autoscaler(workload, application),
  ...networkPolicies(workload, application),
  ...serviceMonitor(workload, application),
];

interface GeneratedConfigMap {
  readonly configMap: string;
  readonly contents: Readonly<Record<string, string>>;
  readonly options?: object;
}

/** No pod mounts it, so its name needs no hash. Grafana's sidecar looks for the label (kube-prometheus-stack). */
const dashboardOptions = (onlyFor: Purpose | undefined) => ({
  disableNameSuffixHash: true,
  labels: { grafana_dashboard: '1', ...(onlyFor && onlyForLabel(onlyFor)) },
});

const purposeOptions = (onlyFor: Purpose | undefined) => onlyFor && { options: { labels: onlyForLabel(onlyFor) } };

/** An external server has its own password, so the request for a random one goes with our servers, by their role. */
const makeOptions = ({ workloads, onlyFor }: Base) => {
  const [role, ...others] = unique(workloads.map((workload) => workload.role));
  const ofRole = role && others.length === 0 && roleLabel(role);
  return (ofRole || onlyFor) && { options: { labels: { ...ofRole, ...(onlyFor && onlyForLabel(onlyFor)) } } };
};

const configMapsOf = (base: Base, application: string): readonly GeneratedConfigMap[] => [
  // They have the labels of their workload, so that an option that removes the workload removes them too.
  ...base.workloads.flatMap((workload) =>
    [workload, ...(workload.sidecars ?? [])]
      .flatMap(({ files = [] }) => files)
      .map(({ onlyFor, ...file }) => ({
        ...file,
        options: { labels: labels({ ...workload, ...(onlyFor && { onlyFor }) }, application) },
      })),
  ),
  ...(base.contributes ?? []).map((contributed) => ({ ...contributed, ...purposeOptions(base.onlyFor) })),
  ...(base.makes ?? []).map((declaration) => ({ ...toMake(declaration), ...makeOptions(base) })),
  ...(base.dashboards ?? []).map(({ name, json, onlyFor }) => ({
    configMap: name,
    contents: { [`${name}.json`]: json },
    options: dashboardOptions(onlyFor),
  })),
];

/** Every base has them. Each overlay of `secrets/` except `secrets/external` removes them by their kind. */
const externalSecrets = ({
  makes = [],
  asksFor = [],
  onlyFor,
}: Base): Readonly<Record<string, readonly KubernetesObject[]>> => {
  const declared = [...makes, ...asksFor];
  return declared.length > 0 ? { 'external-secrets.yaml': declared.map((each) => externalSecret(each, onlyFor)) } : {};
};

/** Argo CD applies ConfigMaps before their readers. The hash in a ConfigMap's name restarts the readers. */
const generatorOptions = {
  labels: { 'app.kubernetes.io/part-of': domain },
  annotations: waveAnnotation('foundation'),
};

const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' } as const;

/** It has the keys with a default value. A cluster may merge others into it. */
const mergeableConfigMap = ({ name, settings, onlyFor }: Mergeable) => ({
  name,
  literals: Object.entries(settings).flatMap(([key, { value }]) => (value === undefined ? [] : [`${key}=${value}`])),
  ...purposeOptions(onlyFor),
});

const baseFolder = (base: Base, application: string): KustomizeFolder => {
  const { settings = [] } = base;
  const configMaps = configMapsOf(base, application);
  const path = ({ configMap }: GeneratedConfigMap, file: string) => `files/${configMap}/${file}`;
  return {
    kustomization: {
      ...head,
      ...(settings.length + configMaps.length > 0 && {
        generatorOptions,
        configMapGenerator: [
          ...settings.map(mergeableConfigMap),
          ...configMaps.map((generated) => ({
            name: generated.configMap,
            files: Object.keys(generated.contents).map((file) => path(generated, file)),
            ...(generated.options && { options: generated.options }),
          })),
        ],
      }),
    },
    objects: {
      ...Object.fromEntries([
        ...base.workloads.map((workload) => [`${workload.name}.yaml`, consequences(workload, application)] as const),
        ...Object.entries(base.objects ?? {}).map(([file, objects]) => [`${file}.yaml`, objects] as const),
      ]),
      ...externalSecrets(base),
      ...(base.rules && { 'rules.yaml': base.rules.map((group) => prometheusRule(group, application)) }),
    },
    texts: Object.fromEntries(
      configMaps.flatMap((generated) =>
        Object.entries(generated.contents).map(([file, text]) => [path(generated, file), text]),
      ),
    ),
  };
};

/** The Component that an overlay lists, so that it connects clients with the servers that it adds. */
const joiningComponent = (joined: readonly Joining[]): KustomizeFolder => {
  const file = ({ target }: Joining) => `${target.name}.yaml`;
  return {
    kustomization: {
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      patches: joined.map((each) => ({ path: file(each), target: each.target })),
    },
    objects: {},
    patches: Object.fromEntries(joined.map((each) => [file(each), each.patch])),
    texts: {},
  };
};

/**
 * The Kustomize folders of an application, by path below `libs/<application>/base`: its bases, and one Component for
 * each overlay that adds a server of its workloads.
 * @param applications all applications, because one may assemble what the others contribute
 */
export const applicationBases = (
  application: Application,
  applications: readonly Application[],
): Readonly<Record<string, KustomizeFolder>> => ({
  ...mapValues(application.bases, (base, folder) =>
    baseFolder(
      withPurpose(
        folder === '.' && application.assembles ? { ...base, ...application.assembles(applications) } : base,
        application,
      ),
      application.name,
    ),
  ),
  ...Object.fromEntries(
    Object.entries(joinings(application)).map(([overlay, joined]) => [
      presenceFolder(overlay),
      joiningComponent(joined),
    ]),
  ),
});

/** The base of the ConfigMaps that belong to no application, with the other objects that every stack needs. */
export const contractsBase = (
  mergeables: readonly Mergeable[],
  objects: Readonly<Record<string, readonly KubernetesObject[]>>,
): KustomizeFolder => ({
  kustomization: {
    ...head,
    generatorOptions,
    configMapGenerator: mergeables.map(mergeableConfigMap),
  },
  objects,
  texts: {},
});
