/** What is known of an application's workload before its library exists. */

/** What the contracts say already. */
export interface Known {
  /** Names of all workloads. */
  readonly workloads: readonly string[];
  /** All that the contracts export, by name. */
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Port {
  readonly workload: string;
  readonly number: number;
}

/** The ports of a workload that the contracts declare before its library exists, by their names. */
export const declaredPorts = (workload: string, { exports }: Known): Readonly<Record<string, Port>> | undefined =>
  Object.values(exports).find(
    (exported): exported is Readonly<Record<string, Port>> =>
      typeof exported === 'object' &&
      exported !== null &&
      Object.values(exported as Readonly<Record<string, Partial<Port> | undefined>>).some(
        (port) => port?.workload === workload && port.number !== undefined,
      ),
  );
