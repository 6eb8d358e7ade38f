import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const openssl = (folder: string, ...args: readonly string[]): void => {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    throw new Error(code === 'ENOENT' ? 'openssl is missing: install it' : `openssl: ${String(stderr)}`, {
      cause: error,
    });
  }
};

const days = ['-days', '30'];

/** A key, and a certificate by the stage's own authority. */
const leaf = (folder: string, name: string, subject: string, extensions: readonly string[]): void => {
  writeFileSync(join(folder, `${name}.ext`), `${extensions.join('\n')}\n`);
  const [key, request] = [`${name}.key`, `${name}.csr`];
  openssl(folder, 'req', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', request, '-subj', subject);
  openssl(
    folder,
    ...['x509', '-req', '-in', request, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', ...days],
    ...['-extfile', `${name}.ext`, '-out', `${name}.crt`],
  );
};

/** Creates a certificate authority in a folder without one: `ca.key` and `ca.crt`. */
export const authority = (folder: string): void => {
  if (existsSync(join(folder, 'ca.crt'))) return;
  openssl(
    folder,
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.crt', ...days],
    ...['-subj', '/CN=rehearsal', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
};

/** Creates `<name>.key` and `<name>.crt` of a server, signed by the folder's authority. */
export const serverCertificate = (folder: string, name: string, hosts: readonly string[]): void =>
  leaf(folder, name, `/CN=${hosts[0]}`, [
    'extendedKeyUsage=serverAuth',
    `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`,
  ]);

/** The clients with a certificate, besides the API server, and their groups in RBAC. */
const subjects = (node: string): Readonly<Record<string, string>> => ({
  admin: '/O=system:masters/CN=admin',
  kubelet: `/O=system:nodes/CN=system:node:${node}`,
  'kube-proxy': '/CN=system:kube-proxy',
});

/**
 * Creates what a control plane and a node need: an authority, the API server's certificate, one for each client, and the key
 * that signs tokens of service accounts.
 * @param addresses of the API server, besides its names in the cluster
 */
export const makeCertificates = (folder: string, node: string, addresses: readonly string[]): void => {
  if (existsSync(join(folder, 'sa.pub'))) return;
  authority(folder);
  const service = 'kubernetes.default.svc';
  const names = ['localhost', 'kubernetes', 'kubernetes.default', service, `${service}.cluster.local`];
  leaf(folder, 'apiserver', '/CN=kube-apiserver', [
    'extendedKeyUsage=serverAuth',
    `subjectAltName=${[...addresses.map((ip) => `IP:${ip}`), ...names.map((name) => `DNS:${name}`)].join(',')}`,
  ]);
  for (const [name, subject] of Object.entries(subjects(node)))
    leaf(folder, name, subject, ['extendedKeyUsage=clientAuth']);
  openssl(folder, 'genrsa', '-out', 'sa.key', '2048');
  openssl(folder, 'rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub');
};
