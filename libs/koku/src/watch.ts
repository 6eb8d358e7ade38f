/** What lets the processes of Koku’s image notice that a server vanished, or that they stand still. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contributions, Env } from '@cost-onprem/kit';

const source = join(import.meta.dirname, 'watch');
const configMap = 'koku-watch';
const mountPath = '/opt/koku-watch';

/** Modules for Python, and libpq’s settings. One ConfigMap for all processes. */
export const watch = {
  configMap,
  contents: Object.fromEntries(
    readdirSync(source)
      .filter((name) => /\.(py|conf)$/.test(name))
      .toSorted()
      .map((name) => [name, readFileSync(join(source, name), 'utf8')]),
  ),
};

/** Where they find them. */
export const watchFolder: Contributions = { mountPath, configMaps: [configMap] };

/** Of a connection to PostgreSQL: where libpq finds what the program does not say (`watch/pg_service.conf`). */
export const postgresqlService: Env = { PGSERVICE: 'koku', PGSERVICEFILE: `${mountPath}/pg_service.conf` };

/** Python imports `sitecustomize` from there. @param folders that the process needs itself */
export const watchEnvironment = (...folders: readonly string[]): Env => ({
  PYTHONPATH: [...folders, mountPath].join(':'),
});

/** Where Koku’s own modules are; Celery and `runpy` do not add that folder by themselves. */
export const kokuModules = '/opt/koku/koku';
