/** Servers of somebody else's, in a namespace of their own: what a cluster without servers of ours connects to. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bucketClaim,
  dbKokuCredentials,
  kafkaCredentials,
  namespace,
  objectStorageCredentials,
  valkeyCredentials,
} from '@cost-onprem/contracts';
import type { Reference } from '@cost-onprem/kit';
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { randomValue } from '../../../secrets/src/random.ts';
import { type Kubectl, authority, nodeProcess, serverCertificate, state } from '../kubernetes/index.ts';
import { giveServers } from '../images/index.ts';
import { commitChange } from '../argo-cd/index.ts';

/** CoreDNS of the real node takes `<server>.example.com` for a Service in here (node/dns.yaml). */
const outside = 'outside';
const servers = ['kafka', 'postgresql', 'redis', 's3'] as const;

/** A bucket in the same store that is not ours. */
export const strangersBucket = 'somebody-elses';

const folder = join(import.meta.dirname, '../../outside');
const certificates = join(state, outside);
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** Whether a cluster connects to servers that are not its own. */
export const needsOutside = (objects: readonly Manifest[]): boolean =>
  objects.some(
    ({ kind, data = {} }) =>
      kind === 'ConfigMap' &&
      /^(?:https:\/\/)?\w+\.example\.com$/.test(data['url'] ?? data['host'] ?? '') &&
      !('class' in data),
  );

/** The CA of the servers, made once for each stage, as a file in PEM. */
const outsideAuthority = (): string => {
  mkdirSync(certificates, { recursive: true });
  authority(certificates);
  return readFileSync(join(certificates, 'ca.crt'), 'utf8');
};

/**
 * Has a cluster trust the servers, as a platform team would: by the file in its folder.
 * @returns the new commit
 */
export const trustOutside = (cluster: string): string =>
  commitChange(`clusters/${cluster}/ca-bundle.crt`, 'Trust the servers of the rehearsal', outsideAuthority);

const apply = (kubectl: Kubectl, manifests: string) => kubectl.run(['apply', '-n', outside, '-f', '-'], manifests);

/** What the platform will log in with; the other side of each password. */
const passwords: Readonly<Record<string, Reference>> = {
  kafka: kafkaCredentials.keys.password,
  postgresql: dbKokuCredentials.keys.password,
  redis: valkeyCredentials.keys.password,
};

const valueOf = async (kubectl: Kubectl, { name, key }: Reference): Promise<string> => {
  const secret = await kubectl.get<{ readonly data: Readonly<Record<string, string>> }>([
    'secret',
    name,
    '-n',
    namespace,
  ]);
  return secret.data[key] ?? '';
};

/**
 * What an ObjectBucketClaim brings: one bucket, the keys of an account that owns it and may make no other, and its name
 * for the clients.
 */
const makeBucket = async (kubectl: Kubectl, rootPassword: string): Promise<void> => {
  const { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret } = objectStorageCredentials.keys;
  const [name, password] = await Promise.all([valueOf(kubectl, access), valueOf(kubectl, secret)]);
  const plain = (encoded: string) => Buffer.from(encoded, 'base64').toString();
  const bucket = 'claim-of-koku';
  const administer = (...args: readonly string[]) =>
    kubectl.run([
      ...['exec', 'deployment/s3', '-n', outside, '--', '/usr/local/bin/versitygw', 'admin', '--allow-insecure'],
      ...['--endpoint-url', 'https://localhost', '--access', 'root', '--secret', rootPassword, ...args],
    ]);
  await administer('create-user', '--access', plain(name), '--secret', plain(password), '--role', 'user');
  await administer('create-bucket', '--owner', plain(name), '--bucket', bucket);
  await administer('create-bucket', '--owner', 'root', '--bucket', strangersBucket);
  const { name: configMap, key } = bucketClaim.bucketName;
  await kubectl.run(
    ['apply', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: configMap, namespace },
      data: { [key]: bucket },
    }),
  );
};

/**
 * Starts the servers, made from packages, and waits until each is Ready.
 */
export const makeOutside = async (kubectl: Kubectl): Promise<void> => {
  outsideAuthority();
  serverCertificate(
    certificates,
    'tls',
    servers.map((server) => `${server}.example.com`),
  );
  const made = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: outside } };
  await kubectl.run(['apply', '-f', '-'], JSON.stringify(made));
  const secret = (name: string, data: Readonly<Record<string, string>>) =>
    apply(kubectl, JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data }));
  const files = ['ca.crt', 'tls.crt', 'tls.key'].map(
    (file) => [file, readFileSync(join(certificates, file)).toString('base64')] as const,
  );
  await secret('certificates', Object.fromEntries(files));
  const values = await Promise.all(
    Object.entries(passwords).map(async ([name, reference]) => [name, await valueOf(kubectl, reference)] as const),
  );
  const rootPassword = randomValue(32);
  await secret('passwords', { ...Object.fromEntries(values), 's3-root': Buffer.from(rootPassword).toString('base64') });
  const data = Object.fromEntries(['server.properties', 'tls.conf', 'extension.sh'].map((file) => [file, text(file)]));
  await apply(kubectl, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'files' }, data }));
  const images = await giveServers(nodeProcess(), ['postgresql-16-c9s', 'valkey', 'versitygw', 'kafka']);
  const manifests = text('services.yaml').replaceAll(/\$IMAGE_(\S+)/g, (_, server: string) => images[server] ?? server);
  await apply(kubectl, manifests);
  for (const server of servers)
    await kubectl.run(['rollout', 'status', `deployment/${server}`, '-n', outside, '--timeout=180s']);
  await makeBucket(kubectl, rootPassword);
};
