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

/** A key and a certificate of the stage's own authority. */
const leaf = (folder: string, name: string, subject: string, extensions: readonly string[]): void => {
  writeFileSync(join(folder, `${name}.ext`), `${extensions.join('\n')}\n`);
  openssl(
    folder,
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    subject,
  );
  openssl(
    folder,
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    ...days,
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.crt`,
  );
};

/** Makes what a control plane on loopback needs: an authority, the API server's certificate, an administrator's, a signing key. */
export const makeCertificates = (folder: string): void => {
  if (existsSync(join(folder, 'sa.pub'))) return;
  openssl(
    folder,
    ...[
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      ...days,
      '-subj',
      '/CN=rehearsal',
    ],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  const names = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'].map(
    (name) => `DNS:${name}`,
  );
  leaf(folder, 'apiserver', '/CN=kube-apiserver', [
    'extendedKeyUsage=serverAuth',
    `subjectAltName=${['IP:127.0.0.1', 'IP:10.96.0.1', ...names].join(',')}`,
  ]);
  leaf(folder, 'admin', '/O=system:masters/CN=admin', ['extendedKeyUsage=clientAuth']);
  openssl(folder, 'genrsa', '-out', 'sa.key', '2048');
  openssl(folder, 'rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub');
};
