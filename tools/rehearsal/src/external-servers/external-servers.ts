/** External servers in a namespace of their own. A cluster without its own servers connects to them. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bucketClaim,
  databases,
  dbKoku,
  kafkaAddress,
  kafkaCredentials,
  namespace,
  objectStorageAddress,
  objectStorageCredentials,
  valkeyAddress,
  valkeyCredentials,
} from '@cost-onprem/contracts';
import type { Reference } from '@cost-onprem/kit';
import { hostIn } from '../../../manifests/src/endpoint.ts';
import type { Manifest } from '../../../manifests/src/manifest.ts';
import { randomValue } from '../../../secrets/src/random.ts';
import { authority, nodeProcess, serverCertificate, state, type Kubectl } from '../kubernetes/index.ts';
import { giveServers } from '../images/index.ts';
import { commitChange } from '../argo-cd/index.ts';

/** Their namespace. */
export const outside = 'outside';

/** CoreDNS of the real node resolves `<server>.example.com` to a Service in that namespace (node/dns.yaml). */
const hostOf = (server: string): string => `${server}.example.com`;

/** Each server, with the overlay by which a cluster uses an external one, and the place of its host name. */
const servers = {
  kafka: { overlay: 'kafka/external', address: kafkaAddress.configMap },
  postgresql: { overlay: 'options/external-postgresql', address: dbKoku.address.configMap },
  redis: { overlay: 'options/external-redis', address: valkeyAddress.configMap },
  s3: { overlay: 'object-storage/external', address: objectStorageAddress },
} as const;

/** One of the external servers. */
type ServerName = keyof typeof servers;
const serverNames = Object.keys(servers) as readonly ServerName[];

/** Folders of overlays/ with which a cluster connects to an external server. */
export const externalOverlays: readonly string[] = Object.values(servers).map(({ overlay }) => overlay);

/** A bucket of another account in the same store. */
export const otherAccountsBucket = 'of-another-account';

const folder = join(import.meta.dirname, '../../outside');
const certificates = join(state, outside);
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** Whether a cluster connects to external servers. @param overlays that it lists */
export const needsExternalServers = (overlays: ReadonlySet<string>): boolean =>
  externalOverlays.some((overlay) => overlays.has(overlay));

/** The host of a server in a cluster, from a generated ConfigMap, whose name ends in a hash. */
const saidHost = (objects: readonly Manifest[], name: string): string | undefined => {
  const { data = {} } =
    objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.replace(/-[a-z0-9]{10}$/, '') === name,
    ) ?? {};
  return hostIn(data);
};

/**
 * Refuses a cluster whose external servers have other names than those that the rehearsal's have.
 * @param file that the error names
 * @throws Error with each other name, and the one that a rehearsal serves
 */
export const assertHosts = (file: string, overlays: ReadonlySet<string>, objects: readonly Manifest[]): void => {
  const wrong = Object.entries(servers).flatMap(([server, { overlay, address }]) => {
    const said = saidHost(objects, address.name);
    return !overlays.has(overlay) || said === hostOf(server)
      ? []
      : [`${file}: ${address.name} names ${said ?? 'no host'}; on a real node it must be ${hostOf(server)}`];
  });
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
};

/** The CA of the servers, created once for each stage, as a PEM file. */
const serversAuthority = (): string => {
  mkdirSync(certificates, { recursive: true });
  authority(certificates);
  return readFileSync(join(certificates, 'ca.crt'), 'utf8');
};

/**
 * Makes a cluster trust the servers by the file in its folder, as a platform team would.
 * @returns the new commit
 */
export const trustExternalServers = (cluster: string): string =>
  commitChange(`clusters/${cluster}/ca-bundle.crt`, 'Trust the servers of the rehearsal', serversAuthority);

const apply = (kubectl: Kubectl, manifests: string) => kubectl.run(['apply', '-n', outside, '-f', '-'], manifests);

/** The passwords with which the platform logs in, for the servers. */
const passwords: Readonly<Partial<Record<ServerName, Reference>>> = {
  kafka: kafkaCredentials.keys.password,
  postgresql: dbKoku.credentials.keys.password,
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

/** The password of each database's owner, by the database's name, for the databases that the cluster has. */
const ownersOf = async (kubectl: Kubectl): Promise<Readonly<Record<string, string>>> => {
  const { items } = await kubectl.get<{ readonly items: readonly Manifest[] }>(['secret', '-n', namespace]);
  const there = new Set(items.map(({ metadata }) => metadata.name));
  const owners = databases
    .filter(({ credentials }) => there.has(credentials.name))
    .map(async ({ id, credentials }) => [id, await valueOf(kubectl, credentials.keys.password)] as const);
  return Object.fromEntries(await Promise.all(owners));
};

/**
 * The result of an ObjectBucketClaim: one bucket, the keys of an account that owns it and may create no other, and its name
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
  await administer('create-bucket', '--owner', 'root', '--bucket', otherAccountsBucket);
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

/** The images of the servers, by their folders in tools/rehearsal/images. */
const imageOf: Readonly<Record<ServerName, string>> = {
  kafka: 'kafka',
  postgresql: 'postgresql-16-c9s',
  redis: 'valkey',
  s3: 'versitygw',
};

/** The objects of some servers; each has the server's name. */
const manifestsOf = (wanted: readonly ServerName[], images: Readonly<Record<string, string>>): string =>
  text('services.yaml')
    .replaceAll(/\$IMAGE_(\S+)/g, (_, server: string) => images[server] ?? server)
    .split(/^---$/m)
    .filter((document) => wanted.some((server) => document.includes(`metadata: { name: ${server} }`)))
    .join('---');

/**
 * Starts servers, made from packages, and waits until each is Ready.
 * @param wanted all of them by default
 */
export const startExternalServers = async (
  kubectl: Kubectl,
  wanted: readonly ServerName[] = serverNames,
): Promise<void> => {
  serversAuthority();
  serverCertificate(certificates, 'tls', serverNames.map(hostOf));
  const made = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: outside } };
  await kubectl.run(['apply', '-f', '-'], JSON.stringify(made));
  const secret = (name: string, data: Readonly<Record<string, string>>) =>
    apply(kubectl, JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, data }));
  const files = ['ca.crt', 'tls.crt', 'tls.key'].map(
    (file) => [file, readFileSync(join(certificates, file)).toString('base64')] as const,
  );
  await secret('certificates', Object.fromEntries(files));
  const values = await Promise.all(
    wanted.flatMap((server) => {
      const reference = passwords[server];
      return reference ? [valueOf(kubectl, reference).then((value) => [server, value] as const)] : [];
    }),
  );
  const rootPassword = randomValue(32);
  await secret('passwords', { ...Object.fromEntries(values), 's3-root': Buffer.from(rootPassword).toString('base64') });
  await secret('owners', wanted.includes('postgresql') ? await ownersOf(kubectl) : {});
  const data = Object.fromEntries(['server.properties', 'tls.conf', 'databases.sh'].map((file) => [file, text(file)]));
  await apply(kubectl, JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'files' }, data }));
  const images = await giveServers(
    nodeProcess(),
    wanted.map((server) => imageOf[server]),
  );
  await apply(kubectl, manifestsOf(wanted, images));
  for (const server of wanted)
    await kubectl.run(['rollout', 'status', `deployment/${server}`, '-n', outside, '--timeout=180s']);
  if (wanted.includes('s3')) await makeBucket(kubectl, rootPassword);
};
