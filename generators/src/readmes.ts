import {
  alone,
  cpu,
  inWords,
  logStorage,
  mainStorage,
  memory,
  operatorStorage,
  sidecarRow,
  sizedWorkloads,
  type Bounds,
  type NodeSize,
  type PodSize,
  type Workload,
} from '@cost-onprem/kit';
import type { PlatformProfile, PlatformStorage } from '@cost-onprem/profiles';

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const both = ([request, limit]: Bounds, unit: (amount: number) => string): string =>
  `${unit(request)} / ${unit(limit)}`;

const podCells = ({ millicores, mebibytes }: PodSize, storage: Bounds): readonly string[] => [
  both(millicores, cpu),
  both(mebibytes, memory),
  both(storage, memory),
];

const usage = (folder: string, place: string): string =>
  `\`\`\`yaml\n# clusters/<name>/kustomization.yaml, ${place}\ncomponents:\n  - ../../${folder}\n\`\`\`\n`;

/** The README of a profile: its purpose and its sizes. */
export const profileReadme = (
  profile: PlatformProfile,
  workloads: readonly Workload[],
  { name, purpose, nodePools, waitFor, connections } = profile,
): string => `# Profile \`${name}\`

${purpose} Written from \`libs/profiles/src/${name}.ts\`: change the numbers there, then run \`npm run generate\`.

${usage(`overlays/profiles/${name}`, 'always last')}
| Workload | Replicas | CPU request / limit | Memory request / limit | Node’s disk request / limit |
| --- | --- | --- | --- | --- |
${[
  ...sizedWorkloads(profile, workloads).map(([workload, size]) =>
    row([
      workload.name,
      size.replicas === undefined ? 'job' : inWords(size.replicas),
      ...podCells(size, mainStorage(workload)),
    ]),
  ),
  ...workloads.flatMap((workload) =>
    (workload.sidecars ?? []).flatMap((sidecar) => {
      const container = sidecarRow(workload, sidecar);
      const size = new Map(Object.entries<PodSize>(profile.sidecars)).get(container);
      return size ? [row([container, 'each', ...podCells(size, mainStorage(alone(workload, sidecar)))])] : [];
    }),
  ),
  ...Object.entries<NodeSize>(nodePools).map(([pool, size]) =>
    row([
      `node pool ${pool}${size.heap ? `, heap ${memory(size.heap)}` : ''}`,
      'each',
      ...podCells(size, operatorStorage),
    ]),
  ),
  row(['init containers that wait for a server', 'each', ...podCells(waitFor, logStorage)]),
].join('\n')}

A pod that writes more on its node’s disk than its limit, in its log and in its writable folders, is evicted and replaced.
What a folder must hold is in the declaration of the workload.

A database’s server, and its replica, allow so many connections; a check counts what all clients may open during a roll-out.

| Database | Connections |
| --- | --- |
${Object.entries<number>(connections)
  .map(([database, number]) => row([database, number]))
  .join('\n')}
`;

/** The README of a storage size. */
export const storageReadme = ({ name, purpose, gibibytes, nodePools }: PlatformStorage): string =>
  `# Storage \`${name}\`

${purpose} A claim can grow but never shrink, so a cluster can only change to a larger size. Written from
\`libs/profiles/src/storage.ts\`.

${usage(`overlays/storage/${name}`, 'after the options, before the profile')}
| Claim | Size |
| --- | --- |
${Object.entries<number>(gibibytes)
  .map(([claim, size]) => row([claim, `${size}Gi`]))
  .join('\n')}
${Object.entries<number>(nodePools)
  .map(([pool, size]) => row([`each node of ${pool}`, `${size}Gi`]))
  .join('\n')}
`;
