/** Requests to a platform, however they travel. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A request, without what a client adds to each: the token and the identity. */
export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query, such as `/api/cost-management/v1/sources/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds after which the platform asks the client to come back. */
  readonly retryAfter?: number;
}

/**
 * Sends a request.
 * @throws NoAnswer
 */
export type Ask = (question: Question) => Promise<Answer>;

/** There was no answer. */
export class NoAnswer extends Error {
  /** Whether a later attempt may get one, because no name and no certificate is at fault. */
  readonly passes: boolean;

  constructor(sentence: string, passes: boolean, cause?: unknown) {
    super(sentence, { cause });
    this.passes = passes;
  }
}

/** The platform answered with another status than the expected one. */
export class Refusal extends Error {
  readonly status: number;

  constructor({ method, path }: Question, { status, text }: Answer) {
    const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
    super(`${method} ${path.split('?')[0]} answers ${status}${said === '' ? '' : `: ${said}`}`);
    this.status = status;
  }
}

/** How to wait. */
export interface Patience {
  /** Seconds until it ends. */
  readonly seconds: number;
  /** Seconds between two attempts. Default: 5. */
  readonly pause?: number;
  /** Gets what happens meanwhile. */
  readonly say?: (line: string) => void;
  readonly signal?: AbortSignal;
}

const usualPause = 5;

/** Waits. @throws the reason of the signal, if it comes first */
const rest = (seconds: number, signal: AbortSignal | undefined): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal }).catch(() => signal?.throwIfAborted());

/** Statuses with which a gateway or an application asks the client to try again. */
const comeBack: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Statuses of requests that no waiting makes right. */
const final: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 415]);

/** Seconds that a header Retry-After asks for: a number, or a date. */
export const secondsToWait = (header: string | null | undefined, now = Date.now()): number | undefined => {
  if (header === null || header === undefined || header === '') return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
};

/**
 * Asks again as long as the platform wants that, or a connection breaks, as the metrics operator does. The last answer counts.
 * @throws NoAnswer of the last attempt
 */
export const persistent = (ask: Ask, { seconds, pause = usualPause, say, signal }: Patience): Ask => {
  const until = Date.now() + seconds * 1000;
  return async (question) => {
    for (;;) {
      signal?.throwIfAborted();
      const outcome = await ask(question).catch((error: unknown) => {
        if (error instanceof NoAnswer && error.passes) return error;
        throw error;
      });
      const isRefused = outcome instanceof NoAnswer;
      if (!isRefused && !comeBack.has(outcome.status)) return outcome;
      const wait = isRefused ? pause : (outcome.retryAfter ?? pause);
      if (Date.now() + wait * 1000 > until) {
        if (isRefused) throw outcome;
        return outcome;
      }
      const said = isRefused ? outcome.message : new Refusal(question, outcome).message;
      say?.(`${said}; trying again in ${Math.ceil(wait)} s`);
      await rest(wait, signal);
    }
  };
};

/** Seconds between two reports of what a wait sees. */
const reportEvery = 30;

/**
 * Tries until there is a result. An attempt says what it sees by `see`.
 * @throws Error with what the last attempt saw, or the Refusal or NoAnswer that no waiting changes
 */
export const waitFor = async <Result>(
  what: string,
  { seconds, pause = usualPause, say, signal }: Patience,
  attempt: (see: (sight: string) => void) => Promise<Result | undefined>,
): Promise<Result> => {
  const began = Date.now();
  let seen = 'nothing';
  let reported = began;
  for (;;) {
    signal?.throwIfAborted();
    const result = await attempt((sight) => {
      seen = sight;
    }).catch((error: unknown) => {
      if (error instanceof Refusal && final.has(error.status)) throw error;
      if (error instanceof NoAnswer && !error.passes) throw error;
      if (!(error instanceof Refusal || error instanceof NoAnswer)) throw error;
      seen = error.message;
      return undefined;
    });
    if (result !== undefined) return result;
    if (Date.now() - began + pause * 1000 > seconds * 1000)
      throw new Error(`${seconds} s were not enough for ${what}; at the end: ${seen}`);
    if (Date.now() - reported > reportEvery * 1000) {
      say?.(`waiting for ${what}; now: ${seen}`);
      reported = Date.now();
    }
    await rest(pause, signal);
  }
};

/**
 * The JSON of an answer with one of the expected statuses.
 * @throws Refusal for another status, Error for what is no JSON
 */
export const askJson = async <Body>(
  ask: Ask,
  method: Question['method'],
  path: string,
  { body, expect = [200] }: { readonly body?: object; readonly expect?: readonly number[] } = {},
): Promise<Body> => {
  const question: Question = {
    method,
    path,
    ...(body && { headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }),
  };
  const answer = await ask(question);
  if (!expect.includes(answer.status)) throw new Refusal(question, answer);
  try {
    return (answer.text === '' ? undefined : JSON.parse(answer.text)) as Body;
  } catch (error) {
    throw new Error(
      `${method} ${path.split('?')[0]} answers ${answer.status} without JSON: ${answer.text.slice(0, 200)}`,
      {
        cause: error,
      },
    );
  }
};
