import { dbKoku, kokuProfile } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { celerySettingsInShell } from './celery.ts';
import { database, redis } from './connections.ts';
import { environment, folders } from './environment.ts';
import { image } from './image.ts';
import { kokuModules, watchEnvironment } from './watch.ts';
import { kokuSettings } from './settings.ts';

/** Both files are in /tmp, because their default is the read-only working directory. */
const command = [
  'bash',
  '-c',
  `exec celery -A koku beat --scheduler beat_watch:WatchedScheduler -l "$KOKU_LOG_LEVEL" -s /tmp/celerybeat-schedule --pidfile=/tmp/celerybeat.pid ${celerySettingsInShell}`,
];

/** A singleton, because two would send every task twice; has no port for probes (tools/documentation/facts/koku.md#beat). */
export const kokuCeleryBeat = workload({
  name: 'koku-celery-beat',
  purpose: 'Puts periodic tasks into Koku’s queues.',
  kind: 'Deployment',
  image,
  wave: 'application',
  workingDirectory: '/opt/koku',
  command,
  settings: [kokuProfile, kokuSettings],
  contributions: folders,
  connects: [database(dbKoku.address), redis()],
  env: { ...environment, ...watchEnvironment(kokuModules) },
  singleton: true,
});
