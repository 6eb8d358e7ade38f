/** Where a server is, from the data of its endpoint’s ConfigMap. */

type Data = Readonly<Record<string, string>>;

/** A host, and the port behind its colon. */
const parts = /^(.*?)(?::([0-9]+))?$/;

/** Clients omit the scheme's default port. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The host of an endpoint, without a port. */
export const hostIn = ({ host }: Data): string | undefined => host && parts.exec(host)?.[1];

/** The port of an endpoint: in its own key, behind the host, or the default of its scheme. */
export const portIn = ({ host = '', port, scheme = '' }: Data): number | undefined =>
  Number(port ?? parts.exec(host)?.[2]) || defaultPorts[scheme];
