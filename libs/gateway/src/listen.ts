/** What nginx listens on, and how many connections it takes. */
import { temporaryFolder } from './folders.ts';

/** The file that nginx.conf includes in its block `server`: what it listens on besides IPv4. The start command writes it. */
export const listenFile = `${temporaryFolder}/listen.conf`;

/**
 * Connections of nginx. A request needs two, one of them to the application. The other connections are for probes, for idle
 * ones, which nginx closes when it needs their place, and for clients that have not sent a whole header yet. Half a header
 * of the largest size holds 43 KiB (tools/documentation/facts/gateway.md#what-requests-hold).
 */
export const connections = 2048;

/** Makes the kernel keep as many new connections as nginx can take; with nginx's 511 a burst delays probes by seconds. */
export const listenOptions = (port: number, address = ''): string => `${address}${port} backlog=${connections}`;
