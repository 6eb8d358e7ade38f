import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programsFolder } from './go-tools.ts';
import { kubernetes } from './modules.ts';

/** Talks to the stage's API server. */
export interface Kubectl {
  /** Runs kubectl. @throws Error with what it said on stderr */
  readonly run: (args: readonly string[], input?: string) => Promise<{ readonly out: string; readonly err: string }>;
  /** Objects, parsed. */
  readonly get: <Result>(args: readonly string[]) => Promise<Result>;
}

/** kubectl of the stage's own version, with the stage's own kubeconfig. */
export const kubectlFor = (kubeconfig: string): Kubectl => {
  const program = join(programsFolder(kubernetes), 'kubectl');
  const run: Kubectl['run'] = (args, input) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, ['--kubeconfig', kubeconfig, ...args], { stdio: 'pipe' });
      let out = '';
      let err = '';
      child.stdout.on('data', (part: Buffer) => (out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (err += part.toString()));
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0
          ? resolve({ out, err })
          : reject(new Error(`kubectl ${args.join(' ')}: ${err.trim() || out.trim()}`)),
      );
      // One that fails before it reads leaves nobody to write to; its own message says why.
      child.stdin.on('error', () => undefined).end(input ?? '');
    });
  return {
    run,
    get: async <Result>(args: readonly string[]) =>
      JSON.parse((await run(['get', ...args, '-o', 'json'])).out) as Result,
  };
};
