/** How many sessions the clients of a server may have open, so that a server which limits them can allow as many. */
import { domain } from './labels.ts';
import type { Endpoint, Sessions, Workload } from './vocabulary.ts';

/** The annotation that says in a render how many sessions each pod may have with an endpoint. */
export const sessionsAnnotation = (to: Endpoint): string => `sessions.${domain}/${to.workload}.${to.port}`;

/** `2`, or `2 WORKERS`: two for each of what the variable counts. */
const written = ({ count, each }: Sessions): string => [String(count), ...(each ? [each] : [])].join(' ');

/** What an annotation says; one session where there is none. */
export const readSessions = (annotation: string | undefined): Sessions => {
  const [count = '1', each] = annotation?.split(' ') ?? [];
  return { count: Number(count), ...(each && { each }) };
};

/** On the object that makes the pods, because a template's own annotations would roll them. */
export const sessionsAnnotations = ({ connects = [] }: Workload): Readonly<Record<string, string>> =>
  Object.fromEntries(
    connects.flatMap(({ to, sessions }) => (sessions ? [[sessionsAnnotation(to), written(sessions)]] : [])),
  );
