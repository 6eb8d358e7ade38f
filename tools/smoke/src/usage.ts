/** What the generated report says: a small cluster, whose usage is the same in every hour. */

/** Requests, limits and usage of one kind of resource. */
export interface Amounts {
  readonly request: number;
  readonly limit: number;
  readonly usage: number;
}

/** A Deployment with one pod of one container. */
export interface Use {
  readonly namespace: string;
  /** The Deployment, which is also the name of its container. */
  readonly workload: string;
  readonly cores: Amounts;
  readonly gibibytes: Amounts;
}

/** Cores and GiB of the only node. */
export const node = { name: 'node-a', cores: 4, gibibytes: 16 } as const;

/** One uses less processor time than it requests, the other one more, because Koku charges both in different ways. */
export const uses: readonly Use[] = [
  {
    namespace: 'shop',
    workload: 'shop-web',
    cores: { request: 1, limit: 2, usage: 0.5 },
    gibibytes: { request: 2, limit: 4, usage: 1 },
  },
  {
    namespace: 'blog',
    workload: 'blog-web',
    cores: { request: 0.5, limit: 2, usage: 1 },
    gibibytes: { request: 1, limit: 4, usage: 0.5 },
  },
];

/** Milliseconds of a day. */
const dayLength = 86_400_000;

/** Moves a day, written as 2026-11-27, by a number of days. */
export const dayAfter = (day: string, count = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10);

/** The last whole day in UTC, written as 2026-11-27. A report of one day is always in one month, as the operator's are. */
export const reportedDay = (now: Date): string => dayAfter(now.toISOString().slice(0, 10), -1);
