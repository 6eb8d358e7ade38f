/** Arguments of all of Koku's Celery processes. */

/**
 * Time-outs of the connections to the cache, in seconds. Without them a cache that vanishes would hang the process, because
 * kombu switches off the time-outs of redis-py (kombu 5.6.2, kombu/transport/redis.py:646). The first must be longer than
 * the second for which the cache may hold a request for tasks.
 */
const connections = { socket_timeout: 30, socket_connect_timeout: 10, socket_keepalive: true } as const;

/** Settings of Celery, which override the application's. They must be the last arguments. */
export const celerySettings: readonly string[] = [
  '--',
  `broker.transport_options=(dict)${JSON.stringify(connections)}`,
];

/** The same, for a shell. */
export const celerySettingsInShell = celerySettings
  .map((argument) => (argument === '--' ? argument : `'${argument}'`))
  .join(' ');
