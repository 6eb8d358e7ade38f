/** Files with which the processes of Koku’s image notice that a server vanished, or that they hang. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contributions, Env } from '@cost-onprem/kit';

const source = join(import.meta.dirname, 'watch');
const configMap = 'koku-watch';
const mountPath = '/opt/koku-watch';

/** Python modules and libpq’s settings, in one ConfigMap for all processes. */
export const watch = {
  configMap,
  contents: Object.fromEntries(
    readdirSync(source)
      .filter((name) => /\.(py|conf)$/.test(name))
      .toSorted()
      .map((name) => [name, readFileSync(join(source, name), 'utf8')]),
  ),
};

/** The folder that has these files in every container. */
export const watchFolder: Contributions = { mountPath, configMaps: [configMap] };

/** Variables of a connection to PostgreSQL: libpq reads time-outs from `watch/pg_service.conf`. */
export const postgresqlService: Env = { PGSERVICE: 'koku', PGSERVICEFILE: `${mountPath}/pg_service.conf` };

/** Lets Python import `sitecustomize` from that folder. @param folders other folders that the process needs */
export const watchEnvironment = (...folders: readonly string[]): Env => ({
  PYTHONPATH: [...folders, mountPath].join(':'),
});

/** The folder of Koku’s own modules, which Celery and `runpy` do not add themselves. */
export const kokuModules = '/opt/koku/koku';
