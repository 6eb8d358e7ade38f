/** Reports of a small cluster with known usage, as data and as the file that nise reads. */

/** A pod's usage and requests in every hour of every day. */
interface Use {
  readonly namespace: string;
  readonly pod: string;
  /** Cores requested and used. */
  readonly cores: { readonly request: number; readonly usage: number };
  /** GiB requested and used. */
  readonly gibibytes: { readonly request: number; readonly usage: number };
}

/** Whole days, from the first to the last one, in UTC and in one month, because nise creates a payload for each month. */
export interface Days {
  readonly first: string;
  readonly last: string;
}

const node = { name: 'node-a', cores: 4, gibibytes: 16 } as const;

const uses: readonly Use[] = [
  { namespace: 'shop', pod: 'shop-web', cores: { request: 1, usage: 0.5 }, gibibytes: { request: 2, usage: 1 } },
  { namespace: 'blog', pod: 'blog-web', cores: { request: 0.5, usage: 1 }, gibibytes: { request: 1, usage: 0.5 } },
];

const day = (date: Date): string => date.toISOString().slice(0, 10);
const daysBefore = (date: Date, count: number): Date =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - count));

/**
 * Two whole days. The day after them must be over too, because nise would otherwise add today's hours. It must be in the same
 * month, because nise would otherwise create two payloads.
 */
export const reportedDays = (now: Date): Days => {
  const end = daysBefore(now, now.getUTCDate() >= 4 ? 1 : now.getUTCDate());
  return { first: day(daysBefore(end, 2)), last: day(daysBefore(end, 1)) };
};

const podLines = ({ pod, cores, gibibytes }: Use): string => `              pods:
                - pod:
                  pod_name: ${pod}
                  cpu_request: ${cores.request}
                  mem_request_gig: ${gibibytes.request}
                  cpu_limit: 2
                  mem_limit_gig: 4
                  pod_seconds: 3600
                  cpu_usage:
                    full_period: ${cores.usage}
                  mem_usage_gig:
                    full_period: ${gibibytes.usage}
                  labels: label_app:${pod}
`;

/** The file of static reports. Its end is exclusive. */
export const staticReports = ({ first, last }: Days): string => `generators:
  - OCPGenerator:
      start_date: ${first}
      end_date: ${day(daysBefore(new Date(last), -1))}
      nodes:
        - node:
          node_name: ${node.name}
          node_labels: label_role:worker
          cpu_cores: ${node.cores}
          memory_gig: ${node.gibibytes}
          namespaces:
${uses.map((use) => `            ${use.namespace}:\n${podLines(use)}`).join('')}`;
