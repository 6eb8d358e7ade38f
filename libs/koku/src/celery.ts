/** What all of Koku's Celery processes are told on their command line. */

/**
 * Time-outs of the connections to the cache, in seconds. Kombu passes its own defaults, none, to the client's library, which
 * would have better ones (kombu 5.6.2, kombu/transport/redis.py:646), so a cache that vanishes without a word would hang
 * the process. The first is longer than the second for which the cache may think about a question for tasks.
 */
const connections = { socket_timeout: 30, socket_connect_timeout: 10, socket_keepalive: true } as const;

/** Arguments that come last: settings of Celery's, which beat those of the application. */
export const celerySettings: readonly string[] = [
  '--',
  `broker.transport_options=(dict)${JSON.stringify(connections)}`,
];

/** The same, for a shell. */
export const celerySettingsInShell = celerySettings
  .map((argument) => (argument === '--' ? argument : `'${argument}'`))
  .join(' ');
