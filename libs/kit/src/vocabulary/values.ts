/** Types of values of settings: a pattern, and the same in words for the manual. */
import type { Setting } from './settings.ts';

/** A pattern with its words. */
export type ValueType = Required<Pick<Setting, 'type' | 'pattern'>>;

/** A label of a host name: at most 63 characters (RFC 1035). */
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

const byte = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/**
 * Pattern of a host without a port, for patterns that go on behind it, such as those of URLs: a name of at most 253
 * characters, whose last label is no number, or an IPv4 address.
 */
export const host = `((?=[a-z0-9.-]{1,253}(?![a-z0-9.-]))(?!([a-z0-9-]+\\.)*[0-9]+(?![a-z0-9.-]))${label}(\\.${label})*|${byte}(\\.${byte}){3})`;

/**
 * A host without a port. Clients join host and port with a colon, so a port in it, or the colons of an IPv6 address, would make
 * an address that no client understands.
 */
export const hostOrAddress: ValueType = {
  type: 'host name or IPv4 address, without a port',
  pattern: new RegExp(host),
};

/** A public host name, as a certificate and an Ingress have it. */
export const publicName: ValueType = {
  type: 'host name with a domain, in lower case and without a port',
  pattern: new RegExp(`(?=.{1,253}$)(${label}\\.)+${label}`),
};

/** A TCP port. */
export const tcpPort: ValueType = {
  type: 'port from 1 to 65535',
  pattern: /[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]/,
};

/** The name of an object of Kubernetes. */
export const objectName: ValueType = {
  type: 'name of an object: up to 253 of a-z, 0-9, - and .',
  pattern: /(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*/,
};
