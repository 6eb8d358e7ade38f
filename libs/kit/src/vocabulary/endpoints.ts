/** Ports of workloads. */
import { mapValues } from '../records.ts';

/** One named TCP port of one workload; made by `endpoints`, shared through libs/contracts. */
export interface Endpoint<Name extends string = string> {
  readonly workload: Name;
  readonly port: string;
  /** Where the pod listens, which is what policies admit. */
  readonly number: number;
  /** Where its Service listens, which is what clients call; the pod's number where left out. */
  readonly servicePort?: number;
}

/** What a server is to its clients, where an option may put an external server in its place. */
export type Role = 'database';

/** A port's number, or two where the Service listens elsewhere than its pod. */
export type PortNumber = number | { readonly pod: number; readonly service: number };

/** Declares what a workload listens on: others read its port numbers from here. */
export const endpoints = <const Name extends string, const Port extends string>(
  name: Name,
  ports: Readonly<Record<Port, PortNumber>>,
): { readonly [P in Port]: Endpoint<Name> & { readonly port: P } } =>
  mapValues(ports, (number, port) => ({
    workload: name,
    port,
    ...(typeof number === 'number' ? { number } : { number: number.pod, servicePort: number.service }),
  })) as { readonly [P in Port]: Endpoint<Name> & { readonly port: P } };

/** The port that clients call. */
export const clientPort = ({ number, servicePort = number }: Endpoint): number => servicePort;
