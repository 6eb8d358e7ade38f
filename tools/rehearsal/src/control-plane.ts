/** A real API server with its controllers, and KWOK in the kubelet's place. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import { buildPrograms, moduleSource } from './go-tools.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';
import { kubernetes } from './modules.ts';
import { start, until } from './processes.ts';
import { address, kubeconfig, ports, state } from './stage.ts';

const certificate = (file: string): string => join(state, 'certificates', file);

const writeKubeconfig = (): void => {
  const data = (file: string) => readFileSync(certificate(file)).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'rehearsal',
    clusters: [
      {
        name: 'rehearsal',
        cluster: { server: `https://${address('apiServer')}`, 'certificate-authority-data': data('ca.crt') },
      },
    ],
    users: [
      {
        name: 'admin',
        user: { 'client-certificate-data': data('admin.crt'), 'client-key-data': data('admin.key') },
      },
    ],
    // Argo CD takes its own namespace from here.
    contexts: [{ name: 'rehearsal', context: { cluster: 'rehearsal', user: 'admin', namespace: 'argocd' } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
};

/** KWOK's own stages: what a kubelet would do, from KWOK's source. */
const stages = async (): Promise<string> => {
  const source = join(await moduleSource(kubernetes, 'sigs.k8s.io/kwok'), 'kustomize/stage');
  const folders = ['node/fast', 'node/heartbeat-with-lease', 'pod/fast', 'pod/chaos', 'volume/fast'];
  return folders
    .flatMap((folder) =>
      readdirSync(join(source, folder))
        .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
        .toSorted()
        .map((file) => readFileSync(join(source, folder, file), 'utf8')),
    )
    .join('\n---\n');
};

const clients = [
  '--kubeconfig',
  kubeconfig,
  '--authentication-kubeconfig',
  kubeconfig,
  '--authorization-kubeconfig',
  kubeconfig,
];

/**
 * Starts etcd, the API server, controllers, the scheduler and KWOK with one node, and waits until it is Ready.
 * @returns kubectl for it
 * @throws Error naming the part that did not come up
 */
export const startControlPlane = async (): Promise<Kubectl> => {
  const bin = await buildPrograms(kubernetes);
  for (const folder of ['certificates', 'logs', 'etcd']) mkdirSync(join(state, folder), { recursive: true });
  makeCertificates(join(state, 'certificates'));
  writeKubeconfig();
  const env = { PATH: process.env['PATH'], HOME: state };
  const run = (name: string, args: readonly string[]) => start(state, name, [join(bin, name), ...args], env);

  const etcd = `http://${address('etcd')}`;
  const peer = `http://${address('etcdPeer')}`;
  run('etcd', [
    ...['--data-dir', join(state, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', etcd, '--advertise-client-urls', etcd],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
  ]);
  run('kube-apiserver', [
    ...[`--etcd-servers=${etcd}`, '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1'],
    ...['--endpoint-reconciler-type=none', `--secure-port=${ports.apiServer}`],
    ...[`--tls-cert-file=${certificate('apiserver.crt')}`, `--tls-private-key-file=${certificate('apiserver.key')}`],
    ...[`--client-ca-file=${certificate('ca.crt')}`, '--service-cluster-ip-range=10.96.0.0/16'],
    ...['--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction'],
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    ...[
      `--service-account-key-file=${certificate('sa.pub')}`,
      `--service-account-signing-key-file=${certificate('sa.key')}`,
    ],
  ]);
  const kubectl = kubectlFor(kubeconfig);
  await until('the API server’s start', 90, state, async () => Boolean(await kubectl.run(['get', '--raw', '/readyz'])));
  run('kube-controller-manager', [
    ...clients,
    ...['--bind-address=127.0.0.1', `--secure-port=${ports.controllerManager}`, '--leader-elect=false'],
    ...[`--service-account-private-key-file=${certificate('sa.key')}`, `--root-ca-file=${certificate('ca.crt')}`],
  ]);
  run('kube-scheduler', [
    ...clients,
    ...['--bind-address=127.0.0.1', `--secure-port=${ports.scheduler}`, '--leader-elect=false'],
  ]);
  writeFileSync(join(state, 'stages.yaml'), await stages());
  run('kwok', [
    ...['--kubeconfig', kubeconfig, '--config', join(state, 'stages.yaml'), '--manage-all-nodes=true'],
    // Its default of 0 makes the node NotReady after 40 s.
    ...['--node-lease-duration-seconds', '40', '--node-ip', '127.0.0.1', '--cidr', '10.244.0.0/16'],
    ...['--server-address', address('kwok')],
  ]);
  const node = join(import.meta.dirname, '../stage/node.yaml');
  await until('the node’s creation', 30, state, async () => Boolean(await kubectl.run(['apply', '-f', node])));
  await until('the node’s readiness', 60, state, async () => {
    const wait = ['wait', '--for=condition=Ready', 'node/stage', '--timeout=1s'];
    return (
      Boolean(await kubectl.run(wait)) &&
      Boolean(await kubectl.run(['get', 'serviceaccount', 'default', '-n', 'default']))
    );
  });
  return kubectl;
};
