/** Lists that a Job reads from files, so that an option which removes a purpose also takes its entries out of the list. */
import { unique, type Files, type Purpose } from '@cost-onprem/kit';

/** One line of a list. */
interface Line {
  readonly text: string;
  /** What it is there for, where a cluster may do without that. */
  readonly onlyFor: Purpose | undefined;
}

/**
 * A ConfigMap with one file for each purpose among the lines.
 * @param job that reads the list, from which the ConfigMaps get their names
 * @returns the ConfigMaps, and the pattern of their files' paths
 */
export const listOf = (
  job: string,
  lines: readonly Line[],
): { readonly files: readonly Files[]; readonly pattern: string } => ({
  files: unique(lines.map(({ onlyFor }) => onlyFor)).map((onlyFor) => ({
    configMap: `${job}${onlyFor ? `-${onlyFor}` : ''}`,
    mountPath: `/etc/${job}/${onlyFor ?? 'always'}`,
    contents: {
      list: lines
        .filter((line) => line.onlyFor === onlyFor)
        .map(({ text }) => `${text}\n`)
        .join(''),
    },
    ...(onlyFor && { onlyFor }),
  })),
  pattern: `/etc/${job}/*/list`,
});
