/** A real API server with its controllers and scheduler, as processes on this machine. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import { buildPrograms } from './go-tools.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';
import { kubernetes } from './modules.ts';
import { start, until } from './processes.ts';
import { address, kubeconfig, node, ports, ranges, serviceAddresses, state } from './stage.ts';

const certificate = (file: string): string => join(state, 'certificates', file);

/**
 * Writes a kubeconfig for one client of the API server.
 * @param client name in a certificate
 * @param server where the API server listens
 */
export const writeKubeconfig = (path: string, client: string, server: string): void => {
  const data = (file: string) => readFileSync(certificate(file)).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'rehearsal',
    clusters: [{ name: 'rehearsal', cluster: { server, 'certificate-authority-data': data('ca.crt') } }],
    users: [
      {
        name: client,
        user: { 'client-certificate-data': data(`${client}.crt`), 'client-key-data': data(`${client}.key`) },
      },
    ],
    // Argo CD reads its own namespace from here.
    contexts: [{ name: 'rehearsal', context: { cluster: 'rehearsal', user: client, namespace: 'argocd' } }],
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
};

const clients = [
  '--kubeconfig',
  kubeconfig,
  '--authentication-kubeconfig',
  kubeconfig,
  '--authorization-kubeconfig',
  kubeconfig,
];

/** The usual port of API servers, because policies name it for the pods of a real node. */
const portOn = (ip: string): number => (ip === node.machine ? 6443 : ports.apiServer);

/** URL of an API server that listens on an address. */
export const serverUrl = (ip: string): string => `https://${ip}:${portOn(ip)}`;

/**
 * Starts etcd, the API server, controllers and the scheduler, and waits until the API server answers.
 * @param ip where the API server listens: loopback, or the link to the real node
 * @throws Error naming the part that did not start
 */
export const startControlPlane = async (ip: string): Promise<Kubectl> => {
  const bin = await buildPrograms(kubernetes);
  for (const folder of ['certificates', 'logs', 'etcd']) mkdirSync(join(state, folder), { recursive: true });
  makeCertificates(join(state, 'certificates'), node.name, [...new Set(['127.0.0.1', ip, serviceAddresses.apiServer])]);
  writeKubeconfig(kubeconfig, 'admin', serverUrl(ip));
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
    ...[`--etcd-servers=${etcd}`, `--bind-address=${ip}`, `--advertise-address=${ip}`],
    // Pods cannot reach the loopback, so do not advertise it.
    ...(ip === '127.0.0.1' ? ['--endpoint-reconciler-type=none'] : []),
    ...[`--secure-port=${portOn(ip)}`, `--service-cluster-ip-range=${ranges.services}`],
    ...[`--tls-cert-file=${certificate('apiserver.crt')}`, `--tls-private-key-file=${certificate('apiserver.key')}`],
    ...[`--client-ca-file=${certificate('ca.crt')}`, '--allow-privileged=true'],
    ...['--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction'],
    ...[
      `--kubelet-client-certificate=${certificate('admin.crt')}`,
      `--kubelet-client-key=${certificate('admin.key')}`,
      '--kubelet-preferred-address-types=InternalIP',
    ],
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
    // The node's range of pod addresses, which the network policy engine needs.
    ...['--allocate-node-cidrs=true', `--cluster-cidr=${ranges.pods}`, '--use-service-account-credentials=true'],
  ]);
  run('kube-scheduler', [
    ...clients,
    ...['--bind-address=127.0.0.1', `--secure-port=${ports.scheduler}`, '--leader-elect=false'],
  ]);
  return kubectl;
};

/** Waits until the node is Ready, and pods can be created. */
export const nodeReady = (kubectl: Kubectl): Promise<void> =>
  until('the node’s readiness', 90, state, async () => {
    const wait = ['wait', '--for=condition=Ready', `node/${node.name}`, '--timeout=1s'];
    return (
      Boolean(await kubectl.run(wait)) &&
      Boolean(await kubectl.run(['get', 'serviceaccount', 'default', '-n', 'default']))
    );
  });
