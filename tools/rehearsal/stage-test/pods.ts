/** Converts a rendered workload to the settings of a container. */
import { namespace } from '@cost-onprem/contracts';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toMebibytes } from '@cost-onprem/kit';
import { at, podTemplateOf, type Manifest } from '../../manifests/src/manifest.ts';
import type { ContainerOptions } from './containers.ts';

/** As on OpenShift: a UID of a range, group 0, and the same number as fsGroup of volumes. */
export const anyUser = { uid: 1_000_680_000, gid: 0, groups: [1_000_680_000] } as const;

/** The fields of a rendered container that the tests read. */
interface Declared {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly resources?: { readonly limits?: { readonly memory?: string } };
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly startupProbe?: { readonly exec?: { readonly command: readonly string[] } };
  readonly lifecycle?: { readonly preStop?: { readonly exec?: { readonly command: readonly string[] } } };
}

interface ConfigMapSource {
  readonly name: string;
  readonly optional?: boolean;
}

interface Volume {
  readonly name: string;
  readonly configMap?: ConfigMapSource;
  readonly projected?: { readonly sources: readonly { readonly configMap?: ConfigMapSource }[] };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

/** A cluster from the view of a pod. */
export interface Cluster {
  readonly objects: readonly Manifest[];
  /** Values of Secrets by name and key, such as `db-koku-credentials/password`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Folder for the volumes. Claims outlive a pod; each pod gets new other volumes. */
  readonly volumes: string;
}

/** The settings of a pod's container, and the commands that the kubelet would run in it. */
export interface Pod {
  /** The image as the manifest pins it. */
  readonly image: string;
  readonly options: ContainerOptions;
  readonly startupProbe: readonly string[];
  readonly preStop: readonly string[];
}

const find = ({ objects }: Cluster, kind: string, name: string): Manifest | undefined =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

/** The value of a variable, or nothing where the cluster may omit it. */
const valueOf = (cluster: Cluster, container: Declared, name: string, source: unknown): string | undefined => {
  const of = (kind: string, property: string) => at(source, kind, property) as string | undefined;
  const configMap = of('configMapKeyRef', 'name');
  const value = configMap
    ? find(cluster, 'ConfigMap', configMap)?.data?.[of('configMapKeyRef', 'key') ?? '']
    : cluster.secrets[`${of('secretKeyRef', 'name')}/${of('secretKeyRef', 'key')}`];
  if (value !== undefined) return value;
  if (of('resourceFieldRef', 'resource') === 'limits.memory' && of('resourceFieldRef', 'divisor') === '1Mi')
    return String(toMebibytes(container.resources?.limits?.memory ?? ''));
  if (at(source, 'configMapKeyRef', 'optional') === true) return undefined;
  throw new Error(`no value for the variable ${name} of ${container.name}`);
};

const environment = (cluster: Cluster, container: Declared): Readonly<Record<string, string>> => {
  const known: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env ?? []) {
    const expanded = value?.replaceAll(/\$\((\w+)\)/g, (text, other: string) => known[other] ?? text);
    const found = expanded ?? valueOf(cluster, container, name, valueFrom);
    if (found !== undefined) known[name] = found;
  }
  return known;
};

/** A folder writable for group and others, as the kubelet creates an emptyDir. */
const emptyFolder = (parent: string, name: string): string => {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  chmodSync(folder, 0o777);
  return folder;
};

const claimFolder = (parent: string, claim: string): string => {
  const folder = join(parent, claim);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    // As the kubelet does for fsGroup.
    chownSync(folder, 0, anyUser.groups[0]);
    chmodSync(folder, 0o2775);
  }
  return folder;
};

const folderOf = (cluster: Cluster, { name, configMap, projected, persistentVolumeClaim }: Volume): string => {
  if (persistentVolumeClaim) return claimFolder(cluster.volumes, persistentVolumeClaim.claimName);
  const folder = emptyFolder(cluster.volumes, name);
  const sources = [configMap, ...(projected?.sources ?? []).map((source) => source.configMap)];
  for (const source of sources.filter((one) => one !== undefined)) {
    const found = find(cluster, 'ConfigMap', source.name);
    if (!found && !source.optional) throw new Error(`the cluster renders no ConfigMap ${source.name}`);
    for (const [file, text] of Object.entries(found?.data ?? {})) writeFileSync(join(folder, file), text);
  }
  return folder;
};

/**
 * The settings that the kubelet would derive from a workload's pod.
 * @param kind of the workload, such as `StatefulSet`
 * @param hosts the pod's /etc/hosts
 * @throws Error naming a missing object, or a variable without a value
 */
export const podOf = (cluster: Cluster, kind: string, workload: string, hosts: string): Pod => {
  const object = find(cluster, kind, workload);
  const pod = object && podTemplateOf(object)?.spec;
  const [container] = (pod?.containers ?? []) as readonly Declared[];
  if (!container) throw new Error(`the cluster renders no ${kind} ${workload}`);
  const volumes = Object.fromEntries(
    ((pod?.volumes ?? []) as readonly Volume[]).map((volume) => [volume.name, folderOf(cluster, volume)]),
  );
  const hostsFile = join(emptyFolder(cluster.volumes, 'hosts'), 'hosts');
  writeFileSync(hostsFile, hosts);
  // As a kubelet writes it. No name server answers there, and /etc/hosts has the names.
  const resolverFile = join(emptyFolder(cluster.volumes, 'resolver'), 'resolv.conf');
  writeFileSync(resolverFile, `search ${namespace}.svc.cluster.local svc.cluster.local\nnameserver 192.0.2.1\n`);
  const memory = container.resources?.limits?.memory;
  return {
    image: container.image,
    options: {
      user: anyUser,
      command: container.command,
      env: environment(cluster, container),
      mounts: [
        { from: hostsFile, to: '/etc/hosts', readOnly: true },
        { from: resolverFile, to: '/etc/resolv.conf', readOnly: true },
        ...(container.volumeMounts ?? [])
          // A folder before the mounts in it.
          .toSorted((a, b) => a.mountPath.localeCompare(b.mountPath))
          .map(({ name, mountPath, readOnly = false }) => ({ from: volumes[name] ?? '', to: mountPath, readOnly })),
      ],
      readOnlyRoot: container.securityContext?.readOnlyRootFilesystem ?? false,
      memory: memory === undefined ? undefined : toMebibytes(memory) * 2 ** 20,
    },
    startupProbe: container.startupProbe?.exec?.command ?? [],
    preStop: container.lifecycle?.preStop?.exec?.command ?? [],
  };
};
