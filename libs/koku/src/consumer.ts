/** Command and environment of Koku's Kafka consumers. */
import type { Env, Sessions } from '@cost-onprem/kit';
import { environment } from './environment.ts';
import { kokuModules, watchEnvironment } from './watch.ts';

/**
 * Removes a line from the log, because Koku logs the configuration of each consumer with its SASL password
 * (kafka_utils/utils.py:69). A filter stays on the logger when Django sets up its logging later; a level would not.
 */
const program = `import logging, runpy, sys
logging.getLogger("kafka_utils.utils").addFilter(lambda record: not record.getMessage().startswith("Consumer config"))
sys.argv[0] = "koku/manage.py"
runpy.run_path(sys.argv[0], run_name="__main__")
`;

/** Runs a command of manage.py that consumes from Kafka. */
export const consumer = (command: 'listener' | 'sources_listener'): readonly string[] => [
  'python3',
  '-c',
  program,
  command,
];

/** The first thread asks at its start whether the database is migrated, and keeps that session; another consumes. */
export const consumerSessions: Sessions = { count: 2 };

/** Has Koku's modules in it, because Python adds only the folder of its own script, and `runpy` runs this one. */
export const consumerEnvironment: Env = { ...environment, ...watchEnvironment(kokuModules) };
