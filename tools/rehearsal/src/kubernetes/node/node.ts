/** A real node: containerd, kubelet, kube-proxy, a network policy engine, DNS and dynamic volumes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeReady, serverUrl, writeKubeconfig } from '../control-plane.ts';
import { buildPrograms, programsFolder } from '../go-tools.ts';
import type { Kubectl } from '../kubectl.ts';
import { containerd, kubernetes, kubeRouter } from '../modules.ts';
import { until } from '../processes.ts';
import { kubeconfig, node, ranges, state } from '../stage.ts';
import {
  containerdSocket,
  containerdToml,
  folders,
  kubeletConfiguration,
  kubeProxyConfiguration,
  networkConfiguration,
} from './configuration.ts';
import { inNode, startInNode } from './namespaces.ts';

const manifests = join(import.meta.dirname, '../../../node');

const certificate = (file: string): string => join(state, 'certificates', file);

const file = (name: string, content: string | object): string => {
  const path = join(state, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const clientFile = (client: string): string => {
  const path = join(state, `${client}.kubeconfig`);
  writeKubeconfig(path, client, serverUrl(node.machine));
  return path;
};

const environment = (...bin: readonly string[]) => ({
  PATH: [...bin, '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':'),
  HOME: state,
});

/** Starts containerd, which needs no API server, so that images can be imported early. */
export const startContainerd = async (first: number): Promise<void> => {
  const bin = await buildPrograms(containerd);
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const runc = execFileSync('sh', ['-c', 'PATH=$PATH:/usr/sbin command -v runc'], { encoding: 'utf8' }).trim();
  const configuration = file('containerd.toml', containerdToml(bin, runc));
  startInNode(first, 'containerd', [join(bin, 'containerd'), '--config', configuration], environment(bin));
  const ask = [join(bin, 'ctr'), '--address', containerdSocket, 'version'];
  await until('the start of containerd', 30, state, async () => inNode(first, ask) !== '');
};

/**
 * Imports an image into the node under some names.
 * @param own the full name in the archive
 * @param names in manifests
 * @throws Error naming the archive that containerd refuses
 */
export const importImage = (first: number, archive: string, own: string, names: readonly string[]): void => {
  const ctr = (...args: readonly string[]) =>
    inNode(first, [join(programsFolder(containerd), 'ctr'), '--address', containerdSocket, '-n', 'k8s.io', ...args]);
  // An OCI archive may hold several images; import this one.
  const repository = own.replace(/(?::[^/:@]+)?(?:@.*)?$/, '');
  try {
    ctr('images', 'import', '--local', '--snapshotter', 'overlayfs', '--base-name', repository, archive);
    for (const name of names) if (name !== own) ctr('images', 'tag', '--force', own, name);
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new Error(`${archive}: containerd refuses it: ${(stderr ?? String(error)).trim()}`, { cause: error });
  }
};

const podRange = async (kubectl: Kubectl): Promise<string> => {
  let range = '';
  await until('the node’s registration', 60, state, async () => {
    const { spec } = await kubectl.get<{ readonly spec: { readonly podCIDR?: string } }>(['node', node.name]);
    range = spec.podCIDR ?? '';
    return range !== '';
  });
  return range;
};

/**
 * Starts the rest of the node, and waits until it is Ready, with DNS and volumes.
 * @param first PID of the namespaces' first process
 */
export const startNode = async (kubectl: Kubectl, first: number): Promise<void> => {
  const bin = await buildPrograms(kubernetes);
  const router = join(await buildPrograms(kubeRouter), 'kube-router');
  const run = (name: string, command: readonly string[]) => startInNode(first, name, command, environment(bin));
  const resolvConf = file('resolv.conf', `nameserver ${node.address}\n`);
  const kubelet = file('kubelet.json', kubeletConfiguration(certificate('ca.crt'), resolvConf));
  run('kubelet', [
    ...[join(bin, 'kubelet'), '--config', kubelet, '--kubeconfig', clientFile('kubelet')],
    ...['--root-dir', folders.kubelet, '--cert-dir', join(folders.kubelet, 'pki')],
    ...['--hostname-override', node.name, '--node-ip', node.address],
  ]);
  const proxy = file('kube-proxy.json', kubeProxyConfiguration(clientFile('kube-proxy')));
  run('kube-proxy', [join(bin, 'kube-proxy'), '--config', proxy]);
  await until('the acceptance of the node’s manifests', 60, state, async () =>
    Boolean(await kubectl.run(['apply', '-f', manifests])),
  );
  const range = await podRange(kubectl);
  run('kube-router', [
    ...[router, '--kubeconfig', kubeconfig, '--hostname-override', node.name],
    ...['--run-firewall=true', '--run-router=false', '--run-service-proxy=false'],
    ...[`--service-cluster-ip-range=${ranges.services}`, '--iptables-sync-period=30s', '--health-port=0'],
  ]);
  file('network/10-rehearsal.conflist', networkConfiguration(range));
  await nodeReady(kubectl);
  for (const [deployment, namespace] of [
    ['coredns', 'kube-system'],
    ['local-path-provisioner', 'local-path-storage'],
  ] as const)
    await until(`the start of ${deployment}`, 90, state, async () =>
      Boolean(await kubectl.run(['rollout', 'status', `deployment/${deployment}`, '-n', namespace, '--timeout=1s'])),
    );
};
