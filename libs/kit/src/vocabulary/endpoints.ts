/** Ports of workloads. */
import { mapValues } from '../records.ts';

/** One named TCP port of one workload; made by `endpoints`, shared through libs/contracts. */
export interface Endpoint<Name extends string = string> {
  readonly workload: Name;
  readonly port: string;
  readonly number: number;
}

/** What a server is to its clients, where an option may put an external server in its place. */
export type Role = 'database';

/** Declares what a workload listens on: others read its port numbers from here. */
export const endpoints = <const Name extends string, const Port extends string>(
  name: Name,
  ports: Readonly<Record<Port, number>>,
): { readonly [P in Port]: Endpoint<Name> & { readonly port: P } } =>
  mapValues(ports, (number, port) => ({ workload: name, port, number })) as {
    readonly [P in Port]: Endpoint<Name> & { readonly port: P };
  };
