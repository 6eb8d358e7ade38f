/** How Koku's consumers of Kafka are started. */
import type { Env } from '@cost-onprem/kit';
import { environment } from './environment.ts';
import { kokuModules, watchEnvironment } from './watch.ts';

/**
 * Koku writes the configuration of each consumer into its log, and with SASL the password is in it
 * (kafka_utils/utils.py:69); a filter stays on a logger when Django sets up its logging later, a level would not.
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

/** Python adds the folder of a script by itself, but not of one that another runs. */
export const consumerEnvironment: Env = { ...environment, ...watchEnvironment(kokuModules) };
