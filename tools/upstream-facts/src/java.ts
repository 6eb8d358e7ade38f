/** Finds the environment variables that Kruize reads: it sets fields from names in two classes, by the fields' names. */
import type { Variable } from './facts.ts';
import { placeIn, type SourceFile } from './source.ts';

/** Classes whose constants are names of variables. */
const names = /\bclass (?:DATABASE|KRUIZE_CONFIG)_ENV_NAME \{[^}]*\}/g;

const constant = /static final String (\w+) = "(\w+)";/g;

const own = /System\.getenv\(\)\.getOrDefault\("(\w+)", "(\w+)"\)|System\.getenv\("(\w+)"\)/g;

/** A level in the settings of Log4j. */
const log4j = /\$\{env:(\w+)\}/g;

/** The first group of a pattern in the first file that has it. */
const firstIn = (files: readonly SourceFile[], pattern: string): string | undefined =>
  files.map(({ text }) => new RegExp(pattern).exec(text)?.[1]).find((found) => found !== undefined);

/** The default of a field, in the form that the variable would have; null without one. A number may be a constant of any file. */
const defaultOf = (field: string, files: readonly SourceFile[]): string | null => {
  const value = firstIn(files, String.raw`\bpublic static \w+ ${field} = ([^;\n]+);`) ?? '';
  const [, text] = /^"([^"\\]*)"$/.exec(value) ?? [];
  if (text !== undefined || /^(?:\d+|true|false)$/.test(value)) return text ?? value;
  return firstIn(files, String.raw`\bstatic final int ${value || '-'} = (\d+);`) ?? null;
};

const namesIn = (file: SourceFile, files: readonly SourceFile[]): readonly Variable[] =>
  [...file.text.matchAll(names)].flatMap(({ 0: text, index: start }) =>
    [...text.matchAll(constant)].map(({ 1: field = '', 2: name = '', index }) => ({
      name,
      reader: 'KruizeDeploymentInfo',
      otherwise: defaultOf(field.toLowerCase(), files),
      at: placeIn(file, start + index),
    })),
  );

/** Variables that Kruize reads. */
export const variablesInJava = (files: readonly SourceFile[]): readonly Variable[] =>
  files.flatMap((file) => [
    ...(file.path.endsWith('/KruizeConstants.java') ? namesIn(file, files) : []),
    ...[...file.text.matchAll(own)].map(({ 1: first, 2: otherwise = null, 3: second = '', index }) => ({
      name: first ?? second,
      reader: 'System.getenv',
      otherwise,
      at: placeIn(file, index),
    })),
    ...(file.path.endsWith('/log4j2.properties')
      ? [...file.text.matchAll(log4j)].map(({ 1: name = '', index }) => ({
          name,
          reader: 'Log4j',
          otherwise: null,
          at: placeIn(file, index),
        }))
      : []),
  ]);
