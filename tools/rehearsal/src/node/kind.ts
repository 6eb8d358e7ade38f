/** Where Docker is: kind's node and the real images, in place of what is made here from source. */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPrograms } from '../go-tools.ts';
import { kubectlFor, type Kubectl } from '../kubectl.ts';
import { kind } from '../modules.ts';
import { kubeconfig, node } from '../stage.ts';

const run = promisify(execFile);

/** Whether this machine runs containers without our help. */
export const hasDocker = (): boolean => {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const kindCommand = async (...args: readonly string[]): Promise<void> => {
  const program = join(await buildPrograms(kind), 'kind');
  await run(program, [...args, '--name', node.link, '--kubeconfig', kubeconfig]).catch((error: unknown) => {
    throw new Error(`kind ${args.join(' ')}: ${(error as { stderr?: string }).stderr ?? String(error)}`, {
      cause: error,
    });
  });
};

/** Starts kind's one-node cluster, whose network enforces NetworkPolicies, with volumes that may grow. */
export const startKind = async (): Promise<Kubectl> => {
  await kindCommand('create', 'cluster', '--wait', '180s');
  const kubectl = kubectlFor(kubeconfig);
  // Argo CD takes its own namespace from here.
  await kubectl.run(['config', 'set-context', '--current', '--namespace=argocd']);
  const growing = ['patch', 'storageclass', 'standard', '-p', JSON.stringify({ allowVolumeExpansion: true })];
  await kubectl.run(growing);
  await kubectl.run(['apply', '-f', join(import.meta.dirname, '../../node/requests.yaml')]);
  return kubectl;
};

/** Removes the cluster, if there is one. */
export const removeKind = async (): Promise<void> => {
  if (hasDocker()) await kindCommand('delete', 'cluster');
};
