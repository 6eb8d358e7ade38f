/** A real Argo CD: its repository server and its two controllers, as processes. */
import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import {
  address,
  buildPrograms,
  kubeconfig,
  modules,
  moduleSource,
  ports,
  start,
  state,
  until,
  type Kubectl,
} from '../kubernetes/index.ts';

const folder = (name: string): string => join(state, 'argo-cd', name);

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('connect', () => resolve(socket.end() !== undefined)).on('error', () => resolve(false));
  });

/** Variables of the upstream Deployments, and paths of this stage instead of the image's. */
const environment = (kustomize: string) => ({
  PATH: `${kustomize}:${process.env['PATH']}`,
  HOME: state,
  KUBECONFIG: kubeconfig,
  TMPDIR: folder('tmp'),
  // The destination https://kubernetes.default.svc is this stage, although Argo CD runs outside of it.
  ARGOCD_FAKE_IN_CLUSTER: 'true',
  ARGOCD_TLS_DATA_PATH: folder('tls'),
  ARGOCD_SSH_DATA_PATH: folder('ssh'),
  ARGOCD_GNUPGHOME: folder('gpg'),
  ARGOCD_GPG_DATA_PATH: folder('gpg-source'),
  ARGOCD_GPG_ENABLED: 'false',
  ARGOCD_PLUGINSOCKFILEPATH: folder('plugins'),
  ARGOCD_REPO_SERVER_DISABLE_TLS: 'true',
  ARGOCD_RECONCILIATION_TIMEOUT: '10s',
  ARGOCD_RECONCILIATION_JITTER: '0s',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
});

/**
 * Starts Argo CD against the stage's API server.
 * @param kustomize folder with the pinned kustomize, which the repository server runs
 */
export const startArgoCd = async (kubectl: Kubectl, kustomize: string): Promise<void> => {
  const bin = await buildPrograms(modules.argoCd);
  for (const name of ['tls', 'ssh', 'gpg', 'gpg-source', 'plugins', 'tmp', 'redis'])
    mkdirSync(folder(name), { recursive: true });
  chmodSync(folder('gpg'), 0o700);
  const definitions = join(await moduleSource(modules.argoCd, 'github.com/argoproj/argo-cd/v3'), 'manifests/crds');
  for (const kind of ['application', 'applicationset', 'appproject']) {
    // Server-side, because the ApplicationSet's definition is too large for the annotation of a client-side apply.
    await kubectl.run(['apply', '--server-side', '-f', join(definitions, `${kind}-crd.yaml`)]);
  }
  await kubectl.run(['apply', '-f', join(import.meta.dirname, '../../stage/argo-cd.yaml')]);
  const secret = [
    'create',
    'secret',
    'generic',
    'argocd-secret',
    '-n',
    'argocd',
    '--from-literal=server.secretkey=rehearsal',
  ];
  await kubectl.run(secret);
  await kubectl.run(['label', 'secret', 'argocd-secret', '-n', 'argocd', 'app.kubernetes.io/part-of=argocd']);

  const env = environment(kustomize);
  start(
    state,
    'redis',
    ['redis-server', '--port', String(ports.redis), '--bind', '127.0.0.1', '--save', '', '--dir', folder('redis')],
    env,
  );
  const run = (name: string, args: readonly string[]) => {
    const program = join(bin, name);
    if (!existsSync(program)) symlinkSync('argocd', program);
    start(state, name, [program, ...args], env);
  };
  const cluster = ['--kubeconfig', kubeconfig, '--namespace', 'argocd'];
  const metrics = (name: keyof typeof ports) => ['--metrics-addr', address(name)];
  run('argocd-repo-server', [
    ...['--disable-tls', '--address', '127.0.0.1', '--port', String(ports.repoServer)],
    ...[
      '--metrics-address',
      '127.0.0.1',
      '--metrics-port',
      String(ports.repoServerMetrics),
      '--redis',
      address('redis'),
    ],
  ]);
  run('argocd-application-controller', [
    ...cluster,
    ...['--redis', address('redis'), '--repo-server', address('repoServer'), '--repo-server-plaintext'],
    ...['--metrics-port', String(ports.controllerMetrics), '--app-resync', '10'],
    // Argo CD 3 does not store it by default, and the report of a failed rehearsal names the unhealthy object.
    '--persist-resource-health',
  ]);
  run('argocd-applicationset-controller', [
    ...cluster,
    ...['--argocd-repo-server', address('repoServer'), '--repo-server-plaintext', ...metrics('applicationSetMetrics')],
    ...['--probe-addr', address('applicationSetProbe'), '--webhook-addr', address('applicationSetWebhook')],
  ]);
  await until('the start of Argo CD’s repository server', 60, state, () => listens(ports.repoServer));
};
