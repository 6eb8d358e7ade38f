/** Finds the environment variables that a program of Go reads: by viper, or itself. */
import type { Variable } from './facts.ts';
import { argumentsAt, placeIn, type SourceFile } from './source.ts';

/** Calls of a viper that take a key. */
const viper =
  /\b(\w+)\.(SetDefault|BindEnv|IsSet|Get(?:String|Int|Int64|Bool|StringSlice|StringMapString))\(\s*"([^"\n]+)"/g;

/** A prefix of the variables of one viper, which the calls name by its name in the source. */
const prefix = /\b(\w+)\.SetEnvPrefix\("(\w+)"\)/g;

/** `os.Getenv("NAME")`; a name that begins with a value gets a `*` there. */
const own = /\bos\.(Getenv|LookupEnv)\((\w+ \+ )?"([A-Z0-9_]+)"\)/g;

/** A field of a structure that viper fills, with its key. */
const field = /`mapstructure:"(\w+)"`/g;

/** A literal in the form that the variable would have; undefined for what only the running program knows. */
const literal = (expression: string): string | undefined => {
  const list = /^\[\]string\{(.*)\}$/.exec(expression)?.[1];
  if (list !== undefined) return [...list.matchAll(/"([^"]*)"/g)].map(([, item = '']) => item).join(',');
  const text = /^(?:"([^"\\]*)"|`([^`]*)`)$/.exec(expression);
  if (text) return text[1] ?? text[2];
  if (/^\d+(?:\s*\*\s*\d+)*$/.test(expression))
    return String(expression.split('*').reduce((product, factor) => product * Number(factor), 1));
  return /^(?:true|false)$/.test(expression) ? expression : undefined;
};

const isProgram = ({ path }: SourceFile): boolean => path.endsWith('.go') && !path.endsWith('_test.go');

/**
 * Variables of a viper. One that `BindEnv` gives a name has this name, each other one that of its key. A default says that the
 * program reads the variable, so other calls count only without one.
 */
const ofViper = (file: SourceFile): readonly Variable[] => {
  const prefixes = new Map([...file.text.matchAll(prefix)].map(([, owner, text]) => [owner, `${text}_`]));
  const calls = [...file.text.matchAll(viper)].map(
    ({ 0: whole, 1: owner = '', 2: reader = '', 3: key = '', index }) => ({
      owner,
      reader,
      key,
      words: argumentsAt(file.text, index + whole.indexOf('(') + 1),
      at: placeIn(file, index),
    }),
  );
  const bound = new Map(
    calls.flatMap(({ owner, reader, key, words }) => {
      const name = reader === 'BindEnv' ? literal(words[1] ?? '') : undefined;
      return name === undefined ? [] : [[`${owner}.${key}`, name] as const];
    }),
  );
  const all = calls.map(({ owner, reader, key, words, at }): Variable => {
    const name = bound.get(`${owner}.${key}`) ?? `${prefixes.get(owner) ?? ''}${key.toUpperCase()}`;
    if (reader !== 'SetDefault') return { name, reader, otherwise: null, at };
    const otherwise = literal(words[1] ?? '');
    return { name, reader, ...(otherwise === undefined ? { without: 'computed' as const } : { otherwise }), at };
  });
  const withDefault = new Set(all.flatMap(({ name, reader }) => (reader === 'SetDefault' ? [name] : [])));
  return all.filter(({ name, reader }) => reader === 'SetDefault' || !withDefault.has(name));
};

/** Variables that a file of Go reads. */
export const variablesInGo = (file: SourceFile): readonly Variable[] =>
  isProgram(file)
    ? [
        ...(file.text.includes('spf13/viper') ? ofViper(file) : []),
        // Fields of other structures may have such tags too, so it must be the file with the viper.
        ...(file.text.includes('spf13/viper') ? [...file.text.matchAll(field)] : []).map(({ 1: key = '', index }) => ({
          name: key.toUpperCase(),
          reader: 'mapstructure',
          otherwise: null,
          at: placeIn(file, index),
        })),
        ...[...file.text.matchAll(own)].map(({ 1: reader = '', 2: before, 3: name = '', index }) => ({
          name: `${before === undefined ? '' : '*'}${name}`,
          reader,
          otherwise: null,
          at: placeIn(file, index),
        })),
      ]
    : [];
