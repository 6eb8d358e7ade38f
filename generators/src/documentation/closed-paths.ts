/**
 * Connections that a reader may expect, and why no application uses them
 * (tools/documentation/facts/koku.md#who-needs-which-server).
 */
export const closedPaths = [
  {
    path: 'koku-api-reads → kafka',
    why: 'The API publishes a message only when it deletes a source, and that is a write.',
  },
  {
    path: 'koku-api-reads → object storage, koku-api-writes → object storage',
    why: 'The listener and the workers move files; the APIs only read PostgreSQL.',
  },
  {
    path: 'koku-api-reads → trino, koku-api-writes → trino',
    why: 'Workers make the summaries; the APIs report from PostgreSQL.',
  },
  {
    path: 'koku-api-reads → rosocp-api',
    why: 'The gateway sends recommendations to ROS itself.',
  },
] as const;
