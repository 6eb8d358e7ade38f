/** Rotates Secrets after a look at the cluster and a question, and says what is left after an interruption. */
import type { Manifest } from '../../manifests/src/manifest.ts';
import { kubectlWith } from './kubectl.ts';
import { rotateCluster } from './rotate-cluster.ts';
import { describeRest, describeRotation, planRotation, type Step } from './rotation.ts';
import { refuseOtherCluster } from './same-cluster.ts';

/** What the user asks for. */
export interface Request {
  readonly cluster: string;
  /** Names of Secrets, or `all`. */
  readonly secrets: readonly string[];
  /** Whether the Secrets have their new values already. */
  readonly keepValues: boolean;
  /** Context of kubectl; default: the current one. */
  readonly context?: string | undefined;
  /** Whether to print the plan and do nothing. */
  readonly planOnly: boolean;
  /** Whether the user has confirmed already. */
  readonly yes: boolean;
}

/** The command's surroundings. */
export interface Surroundings {
  readonly say: (line: string) => void;
  /** Asks the user for a line; absent without a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

/** Fixes the context, because another terminal may change the current one meanwhile. */
const currentContext = async (signal: AbortSignal): Promise<string> => {
  try {
    return (await kubectlWith(undefined, signal)(['config', 'current-context'])).out.trim();
  } catch (error) {
    if (!(error as Error).message.includes('current-context is not set')) throw error;
    throw new Error('kubectl has no current context: name one with --context', { cause: error });
  }
};

const plan = (objects: readonly Manifest[], { cluster, secrets, keepValues }: Request) => {
  try {
    return planRotation(objects, secrets, keepValues);
  } catch (error) {
    throw new Error(`cluster ${cluster}: ${(error as Error).message}`, { cause: error });
  }
};

/** @throws Error if the user does not type the cluster's name */
const confirm = async (cluster: string, ask: Surroundings['ask']): Promise<void> => {
  if (!ask) throw new Error('there is no terminal to ask on: repeat the command with --yes');
  if ((await ask('Type the cluster’s name: ')).trim() !== cluster)
    throw new Error(`that is not ${cluster}: nothing has changed`);
};

/** A word of a command line, quoted where a shell needs it. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Rotates Secrets in the cluster behind a context of kubectl.
 * @param objects the cluster's render
 * @throws Error before anything has changed, or with what is done, what is left and the command that goes on
 */
export const rotateSafely = async (
  objects: readonly Manifest[],
  request: Request,
  { say, ask, signal }: Surroundings,
): Promise<void> => {
  const { cluster, secrets, yes } = request;
  const rotation = plan(objects, request);
  describeRotation(rotation).forEach(say);
  if (request.planOnly) return;
  const context = request.context ?? (await currentContext(signal));
  const kubectl = kubectlWith(context, signal);
  const host = await refuseOtherCluster(kubectl, objects, context);
  say(`in ${cluster}: the context ${context}, where ${host} runs`);
  if (!yes) await confirm(cluster, ask);
  const done: Step[] = [];
  try {
    await rotateCluster(kubectl, rotation, say, (step) => done.push(step));
  } catch (error) {
    const goOn = (keepValues: boolean): string =>
      [
        `npm run rotate -- ${cluster} ${secrets.join(',')} --context=${word(context)}`,
        ...(keepValues ? ['--keep-values'] : []),
        ...(yes ? ['--yes'] : []),
      ].join(' ');
    throw new Error(`${(error as Error).message}\n${describeRest(rotation, done, goOn)}`, { cause: error });
  }
  say('done: all readers are ready again');
};
