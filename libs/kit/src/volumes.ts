import type { IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { scratchFolders } from './ephemeral-storage.ts';
import { memory } from './quantity.ts';
import type { Workload } from './vocabulary.ts';

interface Mounted {
  readonly volume: IVolume;
  readonly mount: IVolumeMount;
}

const scratchName = (path: string) => path.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');

const scratch = (workload: Workload): Mounted[] =>
  [...scratchFolders(workload)].map(([mountPath, mebibytes]) => ({
    volume: { name: scratchName(mountPath), emptyDir: { sizeLimit: memory(mebibytes) } },
    mount: { name: scratchName(mountPath), mountPath },
  }));

const ephemeral = (workload: Workload): Mounted[] =>
  (workload.ephemeral ?? []).map(({ path, gibibytes }) => ({
    volume: {
      name: scratchName(path),
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: `${gibibytes}Gi` } } },
        },
      },
    },
    mount: { name: scratchName(path), mountPath: path },
  }));

const sharedMemory = ({ sharedMemory: mebibytes }: Workload): Mounted[] =>
  mebibytes
    ? [
        {
          volume: { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: `${mebibytes}Mi` } },
          mount: { name: 'shared-memory', mountPath: '/dev/shm' },
        },
      ]
    : [];

/** Files for a purpose of their own may be missing while the pod is there. */
const files = (workload: Workload): Mounted[] =>
  (workload.files ?? []).map(({ configMap, mountPath, onlyFor = workload.onlyFor }) => ({
    volume: {
      name: configMap,
      configMap: { name: configMap, ...(onlyFor !== workload.onlyFor && { optional: true }) },
    },
    mount: { name: configMap, mountPath, readOnly: true },
  }));

/** Folders of other applications' ConfigMaps. Init containers mount them too, because they may contain a CA. */
export const contributions = (workload: Workload): Mounted[] =>
  (workload.contributions ?? []).map(({ mountPath, configMaps }) => ({
    volume: {
      name: scratchName(mountPath),
      projected: { sources: configMaps.map((name) => ({ configMap: { name, optional: true } })) },
    },
    mount: { name: scratchName(mountPath), mountPath, readOnly: true },
  }));

const secretFiles = (workload: Workload): Mounted[] =>
  (workload.secretFiles ?? []).map(({ mountPath, secret }) => ({
    volume: {
      name: scratchName(mountPath),
      secret: { secretName: secret.name, ...('contents' in secret && { optional: true }) },
    },
    mount: { name: scratchName(mountPath), mountPath, readOnly: true },
  }));

const store = ({ store: declared }: Workload): Mounted[] =>
  declared
    ? [
        {
          volume: { name: 'data', persistentVolumeClaim: { claimName: declared.claim } },
          mount: { name: 'data', mountPath: declared.mountPath },
        },
      ]
    : [];

/** All mounts. Outer paths come first, so that a claim may be inside a scratch folder. */
export const volumes = (workload: Workload): readonly Mounted[] =>
  [
    ...scratch(workload),
    ...ephemeral(workload),
    ...sharedMemory(workload),
    ...files(workload),
    ...contributions(workload),
    ...secretFiles(workload),
    ...store(workload),
  ].toSorted(
    (a, b) => a.mount.mountPath.length - b.mount.mountPath.length || (a.mount.mountPath < b.mount.mountPath ? -1 : 1),
  );
