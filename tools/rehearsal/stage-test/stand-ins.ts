/** The environment of the tests of images: a small cluster, and a network in which its servers find each other. */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderCluster } from '../../clusters/src/render.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { writeExample } from '../../scratch/src/examples.ts';
import { buildPrograms, type GoModule } from '../src/kubernetes/go-tools.ts';
import { buildImages } from '../src/images/build.ts';
import { serverFor } from '../src/images/recipes.ts';
import { checkMachine } from '../src/kubernetes/machine.ts';
import { pause, redisExporter, versityGateway } from '../src/kubernetes/modules.ts';
import { withOption } from '../src/argo-cd/source.ts';
import { unpack, type Container, type ContainerOptions, type Runtime, type Unpacked } from './containers.ts';
import { podOf, type Cluster, type Pod } from './pods.ts';

const run = promisify(execFile);

/** The servers' address: one for documentation (RFC 5737), on the loopback of their own network. */
export const address = '192.0.2.1';

/** Images whose single program comes from a module of the same name. */
const modules: readonly GoModule[] = [pause, redisExporter, versityGateway];

/**
 * Builds images that do not exist yet, and unpacks them. First it installs missing packages, where it can.
 * @param folders below tools/rehearsal/images
 * @returns the images by folder
 */
export const unpackImages = async (
  runtime: Runtime,
  folders: readonly string[],
): Promise<Readonly<Record<string, Unpacked>>> => {
  checkMachine('node');
  const programs = await Promise.all(
    modules
      .filter(({ folder }) => folders.includes(folder))
      .map(async (module) => [module.folder, join(await buildPrograms(module), module.folder)] as const),
  );
  const images = await buildImages(folders, { programs: Object.fromEntries(programs) });
  return Object.fromEntries(
    images.map(({ recipe, archive }) => [recipe, unpack(archive, join(runtime.folder, `image-${recipe}`))]),
  );
};

/** The render of the cluster example-kubernetes-minimal with the option read-replica. */
export const smallCluster = async (folder: string): Promise<readonly Manifest[]> => {
  const copy = join(folder, 'clusters/example-kubernetes-minimal');
  writeExample(folder, 'example-kubernetes-minimal');
  for (const name of ['libs', 'overlays']) symlinkSync(join(repository, name), join(folder, name));
  const file = join(copy, 'kustomization.yaml');
  writeFileSync(file, withOption('read-replica')(readFileSync(file, 'utf8')));
  return (await renderCluster('example-kubernetes-minimal', folder)).objects;
};

/** A network that containers share. Only their processes reach each other. */
export interface Network {
  /** For a container's options. */
  readonly shared: NonNullable<ContainerOptions['shared']>;
  /** Runs a program of this machine in the network. @returns its output @throws Error when it fails */
  readonly ask: (program: string, ...args: readonly string[]) => Promise<string>;
}

/** Starts the process that holds a network, and adds an address to the loopback. */
export const makeNetwork = async (runtime: Runtime, image: Unpacked): Promise<Network> => {
  const { pid } = await runtime.start('network', image, { readOnlyRoot: true });
  const within = [`--net=/proc/${pid}/ns/net`];
  execFileSync('nsenter', [...within, 'ip', 'address', 'add', `${address}/32`, 'dev', 'lo']);
  return {
    shared: { pid, namespaces: ['network'] },
    ask: async (program, ...args) => {
      const running = run('nsenter', [...within, program, ...args]);
      // Some clients wait for input.
      running.child.stdin?.end();
      return (await running).stdout.trim();
    },
  };
};

/** A workload that runs as its rendered pod does. */
export interface Workload extends Container {
  readonly pod: Pod;
}

/** Starts workloads of a cluster by their kind and name; `env` is in addition to the pod's variables. */
export type StartWorkload = (kind: string, name: string, env?: Readonly<Record<string, string>>) => Promise<Workload>;

/**
 * Lets a test start a cluster's workloads in a network.
 * @param images by folder
 */
export const startIn =
  (runtime: Runtime, images: Readonly<Record<string, Unpacked>>, network: Network) =>
  (cluster: Cluster): StartWorkload =>
  async (kind, name, env = {}) => {
    const services = cluster.objects.filter((object) => object.kind === 'Service').map(({ metadata }) => metadata.name);
    const pod = podOf(cluster, kind, name, `127.0.0.1 localhost\n${address} ${services.join(' ')}\n`);
    const image = images[serverFor(pod.image) ?? ''];
    if (!image) throw new Error(`the image of ${name}, ${pod.image}, was not built`);
    const { options } = pod;
    const container = await runtime.start(name, image, {
      ...options,
      env: { ...options.env, ...env },
      shared: network.shared,
    });
    return { ...container, pod };
  };
