/**
 * Paths that a reader may expect, and why no code of the applications uses them
 * (tools/documentation/facts/koku.md#who-needs-which-server).
 */
export const closedPaths = [
  {
    path: 'koku-api-reads → kafka',
    why: 'Only deleting a source publishes a message, and that is a write.',
  },
  {
    path: 'koku-api-reads → object storage, koku-api-writes → object storage',
    why: 'The listener and the workers move files; the APIs only read PostgreSQL.',
  },
  {
    path: 'koku-api-reads → trino, koku-api-writes → trino',
    why: 'Summaries are made by workers; the APIs report from PostgreSQL.',
  },
  {
    path: 'koku-api-reads → rosocp-api',
    why: 'The gateway sends recommendations to ROS itself.',
  },
] as const;
