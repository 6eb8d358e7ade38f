import { spawn } from 'node:child_process';

/** Runs kubectl with arguments and standard input; throws an error with its stderr. */
export type RunKubectl = (args: readonly string[], input?: string) => Promise<{ readonly out: string }>;

/**
 * Runs the kubectl on PATH.
 * @param context context of kubectl's configuration; without it, the current one
 * @param signal ends a running kubectl
 */
export const kubectlWith =
  (context: string | undefined, signal: AbortSignal): RunKubectl =>
  async (args, input) => {
    signal.throwIfAborted();
    const child = spawn('kubectl', [...(context ? ['--context', context] : []), ...args], { stdio: 'pipe' });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.stdin.on('error', () => undefined).end(input ?? '');
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', () => reject(new Error('kubectl is not on PATH: install it')));
      child.on('close', resolve);
    }).finally(() => signal.removeEventListener('abort', stop));
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${Buffer.concat(err).toString().trim()}`);
    return { out: Buffer.concat(out).toString() };
  };
