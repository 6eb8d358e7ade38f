/** Finds the environment variables that Koku reads, and their defaults. */
import { createHash } from 'node:crypto';
import type { Variable } from './facts.ts';
import { constantOf, isCommentedOut, keyword } from './python.ts';
import { argumentsAt, placeIn, type SourceFile } from './source.ts';

/** Calls of Koku's instance of django-environ, and of Python's own functions. */
const call = /(?<![\w.])(ENVIRONMENT(?:\.\w+)?|(?:os\.)?environ\.get|(?:os\.)?getenv)\(\s*(f?)(["'])([^"'\n]+)\3/g;

/** `os.environ["NAME"]`, except in assignments. */
const subscript = /(?<![\w.])(?:os\.)?environ\[\s*["']([A-Z0-9_]+)["']\s*\](?!\s*=[^=])/g;

/** Calls from which Koku builds a variable's name, out of the names of an application and a service. */
const endpoint = /(get_endpoint_(host|port))\(\s*["']([\w-]+)["'],\s*["']([\w-]+)["'],\s*["']([^"']*)["']/g;

/** Longest default, in characters, that the table stores. Longer ones are keys or tokens, so it stores a digest. */
const longestDefault = 40;

const shortened = (text: string | null): string | null =>
  text !== null && text.length > longestDefault
    ? `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
    : text;

const defaultOf = (expression: string, file: SourceFile): Pick<Variable, 'otherwise' | 'without'> => {
  const constant = constantOf(expression, file);
  return constant === undefined ? { without: 'computed' } : { otherwise: shortened(constant) };
};

const calls = (file: SourceFile): readonly Variable[] =>
  [...file.text.matchAll(call)].flatMap((match) => {
    const [whole, reader = '', formatted, , text = ''] = match;
    const name = formatted ? text.replaceAll(/\{[^}]*\}/g, '*') : text;
    if (!/^[A-Z0-9_*]+$/.test(name)) return [];
    const words = argumentsAt(file.text, match.index + whole.indexOf('(') + 1);
    const python = !reader.startsWith('ENVIRONMENT');
    const expression = keyword(words, 'default') ?? (python ? (words[1] ?? 'None') : undefined);
    const read = {
      name,
      reader: isCommentedOut(file, match.index) ? 'comment' : reader.replace('ENVIRONMENT.', ''),
      ...(expression === undefined ? { without: 'required' as const } : defaultOf(expression, file)),
      at: placeIn(file, match.index),
    };
    return [read];
  });

const subscripts = (file: SourceFile): readonly Variable[] =>
  [...file.text.matchAll(subscript)].map(({ 1: name = '', index }) => ({
    name,
    reader: isCommentedOut(file, index) ? 'comment' : 'os.environ',
    without: 'required' as const,
    at: placeIn(file, index),
  }));

const endpoints = (file: SourceFile): readonly Variable[] =>
  [...file.text.matchAll(endpoint)].map((match) => {
    const [, reader = '', part = '', application = '', service = '', otherwise = ''] = match;
    const name = [application, service, part].join('_').replaceAll('-', '_').toUpperCase();
    return { name, reader, otherwise: shortened(otherwise), at: placeIn(file, match.index) };
  });

/** Variables that a file reads. A part of a name that is known only at run time becomes `*`. */
export const variablesIn = (file: SourceFile): readonly Variable[] =>
  file.path.endsWith('.py') ? [calls, subscripts, endpoints].flatMap((found) => found(file)) : [];
