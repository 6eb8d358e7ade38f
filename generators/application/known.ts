/** What the contracts declare of an application's workload before its library exists. */

/** The contracts. */
export interface Known {
  /** Names of all workloads. */
  readonly workloads: readonly string[];
  /** The exports of the contracts, by name. */
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Port {
  readonly workload: string;
  readonly number: number;
}

/** The ports of a workload that the contracts declare, by name. */
export const declaredPorts = (workload: string, { exports }: Known): Readonly<Record<string, Port>> | undefined =>
  Object.values(exports).find(
    (exported): exported is Readonly<Record<string, Port>> =>
      typeof exported === 'object' &&
      exported !== null &&
      Object.values(exported as Readonly<Record<string, Partial<Port> | undefined>>).some(
        (port) => port?.workload === workload && port.number !== undefined,
      ),
  );
