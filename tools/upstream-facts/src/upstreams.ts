/** The projects whose source our code relies on: how to recognise a clone of each, and what to read in it. */
import { sorted, type Facts, type Variable } from './facts.ts';
import { variablesInGo } from './go.ts';
import { variablesInJava } from './java.ts';
import { factsIn as factsOfKoku, isRead as isReadOfKoku } from './koku.ts';
import type { SourceFile } from './source.ts';

/** A project. */
export interface Upstream {
  /** Its name in messages. */
  readonly title: string;
  readonly repository: string;
  /** Files that identify its repository. */
  readonly landmarks: readonly string[];
  /** Whether to read a file. */
  readonly isRead: (path: string) => boolean;
  readonly factsIn: (files: readonly SourceFile[]) => Facts;
}

const only = (variables: readonly Variable[]): Facts => ({
  variables: sorted(variables),
  queues: [],
  metrics: [],
  columns: [],
  constants: [],
});

/** A program of Go, of which we set variables alone. */
const goProgram = (title: string, repository: string, landmarks: readonly string[]): Upstream => ({
  title,
  repository,
  landmarks,
  isRead: (path) => path.endsWith('.go'),
  factsIn: (files) => only(files.flatMap(variablesInGo)),
});

/** By the name of our application, which is also that of the table. */
export const upstreams = {
  koku: {
    title: 'Koku',
    repository: 'https://github.com/project-koku/koku',
    landmarks: ['koku/manage.py', 'koku/koku/settings.py'],
    isRead: isReadOfKoku,
    factsIn: factsOfKoku,
  },
  ingress: goProgram('insights-ingress-go', 'https://github.com/RedHatInsights/insights-ingress-go', [
    'cmd/insights-ingress/main.go',
  ]),
  ros: goProgram('ros-ocp-backend', 'https://github.com/RedHatInsights/ros-ocp-backend', ['rosocp.go']),
  sources: goProgram('sources-api-go', 'https://github.com/RedHatInsights/sources-api-go', [
    'statuslistener/statuslistener.go',
  ]),
  kruize: {
    title: 'Kruize',
    repository: 'https://github.com/kruize/autotune',
    landmarks: ['src/main/java/com/autotune/Autotune.java'],
    isRead: (path) => path.startsWith('src/main/') && /\.java$|\/log4j2\.properties$/.test(path),
    factsIn: (files) => only(variablesInJava(files)),
  },
} as const satisfies Readonly<Record<string, Upstream>>;

/** The name of a project. */
export type UpstreamName = keyof typeof upstreams;

/** The projects' names, in this order. */
export const upstreamNames = Object.keys(upstreams) as readonly UpstreamName[];

/** Whether a word names a project. */
export const isUpstream = (word: string): word is UpstreamName => word in upstreams;
