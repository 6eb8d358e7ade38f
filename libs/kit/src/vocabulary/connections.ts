/** Who calls whom, and where a client finds a server that a cluster may move. */
import type { Overlay } from '../generated/overlay.ts';
import { mapValues } from '../records.ts';
import { clientPort, type Endpoint } from './endpoints.ts';
import { hostOrAddress, tcpPort } from './values.ts';
import { setting, type Env, type Mergeable, type Reference, type Setting } from './settings.ts';

/** Sessions that one pod may have open at once. */
export interface Sessions {
  readonly count: number;
  /** The variable of the main container that says how many processes have `count` each; left out for one process. */
  readonly each?: string;
}

/**
 * A plain HTTP request to the server's Service, without TLS: it is answered once the status is no error (below 400). The
 * client's image must have `sh`, and one of the programs that `by` can name; bash asks through its own `/dev/tcp`.
 */
export interface HttpCheck {
  readonly get: `/${string}`;
  readonly by: 'curl' | 'wget' | 'python3' | 'bash';
}

/** A client's view of an endpoint: whom it calls, and the variables by which it learns where. */
export interface Connection {
  readonly to: Endpoint;
  readonly env?: Env;
  /** For a server that limits its sessions; one session where left out. */
  readonly sessions?: Sessions;
  /**
   * A command of the client's own image that exits 0 once the server answers in its protocol, which needs `sh`; or an
   * HTTP request, for a server that is never elsewhere.
   */
  readonly waitFor?: readonly string[] | HttpCheck;
  /**
   * The overlay that brings the server, where not every cluster has it. Variables, label and wait-for step then reach the
   * client with that overlay alone, which lists `libs/<client's application>/base/when/<overlay>` in its components.
   */
  readonly when?: Overlay;
}

/** An endpoint that a cluster may move, and the ConfigMap in which clients look up where it is. */
export interface Address<Key extends string = string> {
  readonly to: Endpoint;
  readonly host: Reference;
  readonly port: Reference;
  /** What else the clients must know, such as the name of a database. */
  readonly more: Readonly<Record<Key, Reference>>;
  /** The same facts as a ConfigMap that clusters merge into. */
  readonly configMap: Mergeable;
}

/** The key of an endpoint's ConfigMap for the port of the server's pods. */
export const podPort = 'pod-port';

/** The setting of that key. No client reads it: it tells the checks which port the policies must open. */
export const ofPods: Setting = {
  purpose:
    'Port of the server’s pods, if the host is a Service of the same cluster (….svc), because policies see this port and not that of the Service. Required for such a host.',
  ...tcpPort,
};

/**
 * Declares where an endpoint is looked up: a ConfigMap `<name>-endpoint` with `host` and `port`, which a cluster merges
 * into when the server is elsewhere, and whose hashed name then rolls the clients.
 * @param movedBy the overlay with which the server is elsewhere
 * @param clients the overlay without which it has no clients, or what they are there for
 */
export const address = <const Key extends string = never>(
  name: string,
  to: Endpoint,
  movedBy: Overlay,
  more: Readonly<Record<Key, Setting>> = {} as Readonly<Record<Key, Setting>>,
  clients: Pick<Mergeable, 'readWith' | 'onlyFor'> = {},
): Address<Key> => {
  const configMap: Mergeable = {
    name: `${name}-endpoint`,
    purpose: `Where clients find ${name}.`,
    ...clients,
    settings: {
      host: {
        value: to.workload,
        purpose: 'Host name or address.',
        ...hostOrAddress,
        example: `${name}.example.com`,
        setBy: 'cluster',
        withOverlay: movedBy,
      },
      port: {
        value: String(clientPort(to)),
        purpose: 'TCP port.',
        ...tcpPort,
        withOverlay: movedBy,
      },
      [podPort]: { ...ofPods, withOverlay: movedBy },
      ...more,
    },
  };
  return {
    to,
    host: setting(configMap, 'host'),
    port: setting(configMap, 'port'),
    more: mapValues(more, (_, key) => setting(configMap, key)),
    configMap,
  };
};
