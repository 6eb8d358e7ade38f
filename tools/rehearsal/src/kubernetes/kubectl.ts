import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { programsFolder } from './go-tools.ts';
import { kubernetes } from './modules.ts';

/** Talks to the stage's API server. */
export interface Kubectl {
  /** Runs kubectl. @throws Error with its stderr */
  readonly run: (args: readonly string[], input?: string) => Promise<{ readonly out: string; readonly err: string }>;
  /** Objects, parsed. */
  readonly get: <Result>(args: readonly string[]) => Promise<Result>;
}

/** Path of kubectl in the stage's version. */
export const kubectlProgram = (): string => join(programsFolder(kubernetes), 'kubectl');

/** kubectl in the stage's version, with the stage's kubeconfig. */
export const kubectlFor = (kubeconfig: string): Kubectl => {
  const program = kubectlProgram();
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
      // When kubectl fails before it reads, writing to it fails too; kubectl's own message gives the reason.
      child.stdin.on('error', () => undefined).end(input ?? '');
    });
  return {
    run,
    get: async <Result>(args: readonly string[]) =>
      JSON.parse((await run(['get', ...args, '-o', 'json'])).out) as Result,
  };
};
