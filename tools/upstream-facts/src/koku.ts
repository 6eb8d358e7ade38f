/** Extracts all facts from the source of Koku. */
import { columnsIn } from './columns.ts';
import { constantsIn } from './constants.ts';
import { sorted, type Fact, type Facts, type Metric } from './facts.ts';
import { blocksIn, isCommentedOut, keyword } from './python.ts';
import { argumentsAt, placeIn, type SourceFile } from './source.ts';
import { variablesIn } from './variables.ts';

/**
 * Whether to read a file: those in the image except tests (Koku's .dockerignore leaves out others), and the Dockerfile.
 */
export const isRead = (path: string): boolean =>
  path === 'Dockerfile' || (/^(koku\/.*\.py|scripts\/.*\.sh)$/.test(path) && !/\/tests?\/|\/test_[^/]*$/.test(path));

/** A queue outside of an enumeration. */
const queue = /^(?:DEFAULT|[A-Z_]*QUEUE) = "(\w+)"$/gm;

/** A queue in an enumeration, which has several sizes. */
const member = /^ +[A-Z_]+ = "(\w+)"$/gm;

const queuesIn = (file: SourceFile): readonly Fact[] =>
  [
    { text: file.text, start: 0, pattern: queue },
    ...blocksIn(file, String.raw`class \w*Queue\(\w+\):`).map((block) => ({ ...block, pattern: member })),
  ].flatMap(({ text, start, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ name: match[1] ?? '', at: placeIn(file, start + match.index) })),
  );

const metric = /\b(Counter|Gauge|Histogram|Summary)\(\s*["'](\w+)["']/g;

const metricsIn = (file: SourceFile): readonly Metric[] =>
  [...file.text.matchAll(metric)]
    .filter(({ index }) => !isCommentedOut(file, index))
    .map((match) => {
      const [whole, type = '', name = ''] = match;
      const words = argumentsAt(file.text, match.index + whole.indexOf('(') + 1);
      const labels = keyword(words, 'labelnames') ?? words[2] ?? '';
      return {
        name,
        type,
        labels: /^[[(]/.test(labels) ? [...labels.matchAll(/["'](\w+)["']/g)].map(([, label = '']) => label) : [],
        at: placeIn(file, match.index),
      };
    });

/** All facts in the files of Koku. */
export const factsIn = (files: readonly SourceFile[]): Facts => ({
  variables: sorted(files.flatMap(variablesIn)),
  queues: sorted(files.flatMap(queuesIn)),
  metrics: sorted(files.flatMap(metricsIn)),
  columns: sorted(files.flatMap(columnsIn)),
  constants: sorted(files.flatMap(constantsIn)),
});
