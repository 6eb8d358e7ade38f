/** KWOK replaces the kubelet: it reports pods as Ready, and runs none. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeReady } from './control-plane.ts';
import { buildPrograms, moduleSource } from './go-tools.ts';
import type { Kubectl } from './kubectl.ts';
import { kubernetes } from './modules.ts';
import { start, until } from './processes.ts';
import { address, kubeconfig, ranges, state } from './stage.ts';

/** KWOK's own stages, from its source: they do what a kubelet would do. */
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

/** Starts KWOK with one node, and waits until it is Ready. */
export const startFakeNode = async (kubectl: Kubectl): Promise<void> => {
  writeFileSync(join(state, 'stages.yaml'), await stages());
  const flags = [
    ...['--kubeconfig', kubeconfig, '--config', join(state, 'stages.yaml'), '--manage-all-nodes=true'],
    // With the default 0 the node becomes NotReady after 40 s.
    ...['--node-lease-duration-seconds', '40', '--node-ip', '127.0.0.1', '--cidr', ranges.pods],
    ...['--server-address', address('kwok')],
  ];
  const env = { PATH: process.env['PATH'], HOME: state };
  start(state, 'kwok', [join(await buildPrograms(kubernetes), 'kwok'), ...flags], env);
  const manifest = join(import.meta.dirname, '../../stage/fake-node.yaml');
  await until('the node’s creation', 30, state, async () => Boolean(await kubectl.run(['apply', '-f', manifest])));
  await nodeReady(kubectl);
};
