/** Where the sources of the real applications are: upstream's, one archive per commit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../repository/src/repository.ts';

const pathOf = (archive: string): string =>
  join(process.env['COST_ONPREM_SOURCES'] ?? join(repository, '../shared/sources'), archive);

/** Whether this machine has a source archive. */
export const hasSourceArchive = (archive: string): boolean => existsSync(pathOf(archive));

/**
 * Path of a source archive, in ../shared/sources or in the folder that COST_ONPREM_SOURCES names.
 * @param archive such as `kube-router-7c2c2779.tar.gz`: the repository's name and the commit
 * @throws Error saying how to get the same from upstream
 */
export const sourceArchive = (archive: string): string => {
  const path = pathOf(archive);
  if (!existsSync(path))
    throw new Error(
      `${path}: is missing; make it with git archive from upstream’s repository at the commit in its name (tools/rehearsal/images/README.md), and name its folder in COST_ONPREM_SOURCES`,
    );
  return path;
};
