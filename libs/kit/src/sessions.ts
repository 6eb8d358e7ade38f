/** Counts the sessions that clients may open with a server, so that a server with a limit can allow as many. */
import { domain } from './labels.ts';
import type { Endpoint, Sessions, Workload } from './vocabulary.ts';

/** The annotation with the number of sessions that each pod may open with an endpoint. */
export const sessionsAnnotation = (to: Endpoint): string => `sessions.${domain}/${to.workload}.${to.port}`;

/** `2`, or `2 WORKERS`: two for each unit that the variable WORKERS counts. */
const written = ({ count, each }: Sessions): string => [String(count), ...(each ? [each] : [])].join(' ');

/** Reads an annotation. Without one, a pod opens one session. */
export const readSessions = (annotation: string | undefined): Sessions => {
  const [count = '1', each] = annotation?.split(' ') ?? [];
  return { count: Number(count), ...(each && { each }) };
};

/** Annotations of the Deployment or StatefulSet, because changed annotations of a template restart its pods. */
export const sessionsAnnotations = ({ connects = [] }: Workload): Readonly<Record<string, string>> =>
  Object.fromEntries(
    connects.flatMap(({ to, sessions }) => (sessions ? [[sessionsAnnotation(to), written(sessions)]] : [])),
  );
