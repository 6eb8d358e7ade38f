import { cpu, memory, type NodeSize, type PodSize, type Size } from '@cost-onprem/kit';
import type { PlatformProfile, PlatformStorage } from '@cost-onprem/profiles';

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const podCells = ({ millicores, mebibytes }: PodSize): readonly string[] => [
  `${cpu(millicores.request)} / ${cpu(millicores.limit)}`,
  `${memory(mebibytes.request)} / ${memory(mebibytes.limit)}`,
];

const usage = (folder: string, place: string): string =>
  `\`\`\`yaml\n# clusters/<name>/kustomization.yaml, ${place}\ncomponents:\n  - ../../${folder}\n\`\`\`\n`;

/** The README of a profile: its purpose and its sizes. */
export const profileReadme = ({ name, purpose, services, jobs, cronJobs, nodePools }: PlatformProfile): string =>
  `# Profile \`${name}\`

${purpose} Written from \`libs/profiles/src/${name}.ts\`: change the numbers there, then run \`npm run generate\`.

${usage(`overlays/profiles/${name}`, 'always last')}
| Workload | Replicas | CPU request / limit | Memory request / limit |
| --- | --- | --- | --- |
${[
  ...Object.entries<Size>(services).map(([workload, size]) => row([workload, size.replicas, ...podCells(size)])),
  ...Object.entries<PodSize>({ ...jobs, ...cronJobs }).map(([workload, size]) =>
    row([workload, 'job', ...podCells(size)]),
  ),
  ...Object.entries<NodeSize>(nodePools).map(([pool, size]) =>
    row([`node pool ${pool}${size.heap ? `, heap ${memory(size.heap)}` : ''}`, 'each', ...podCells(size)]),
  ),
].join('\n')}
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
