/** Commands that create a Secret by hand and keep its values out of the shell's history and off the command line. */
import { namespace } from '@cost-onprem/contracts';
import type { OptionalSecret, SecretDeclaration } from '@cost-onprem/kit';
import type { UndeclaredSecret } from '../../manifests/src/secrets.ts';

/** A function of bash that the commands with random values use. */
export const randomFunction = 'random() { LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c "$1"; }';

const create = (name: string, sources: Readonly<Record<string, string>>, type = 'Opaque'): string =>
  [
    `kubectl -n ${namespace} create secret generic ${name}${type === 'Opaque' ? '' : ` --type=${type}`}`,
    ...Object.entries(sources).map(([key, source]) => `--from-file=${key}=${source}`),
  ].join(' \\\n  ');

/** A variable of the shell for a key. */
const variable = (key: string): string => key.replaceAll(/[^A-Za-z0-9]/g, '_');

/**
 * The shell asks for each value, which has one line. One subshell holds all lines, because `read` would otherwise take the
 * next pasted line for the value.
 */
const asking = (name: string, keys: readonly string[], files: Readonly<Record<string, string>> = {}): string => {
  const values = Object.fromEntries(keys.map((key) => [key, `<(printf %s "$${variable(key)}")`]));
  const command = create(name, { ...values, ...files });
  if (keys.length === 0) return command;
  const questions = keys.map((key) => `read -rsp '${name}, ${key}: ' ${variable(key)} && echo`);
  return `(\n${[...questions, command].join('\n').replaceAll(/^/gm, '  ')}\n)`;
};

/** With random values of the declared lengths; needs `randomFunction`. */
export const createRandom = ({ name, lengths }: SecretDeclaration): string =>
  create(name, Object.fromEntries(Object.entries(lengths).map(([key, length]) => [key, `<(random ${length})`])));

/** With the values of an external server, for which the shell asks. */
export const createAsked = ({ name, lengths }: SecretDeclaration): string => asking(name, Object.keys(lengths));

/** With values that the user has. A value that is said to be a file is read from one. */
export const createOptional = ({ name, contents }: OptionalSecret): string => {
  const [files, lines] = [true, false].map((isFile) =>
    Object.entries(contents).filter(([, content]) => /\bfile\b/.test(content) === isFile),
  ) as [[string, string][], [string, string][]];
  return asking(
    name,
    lines.map(([key]) => key),
    Object.fromEntries(files.map(([key]) => [key, `./${key}`])),
  );
};

/** With files of the user's, or for an Opaque Secret with values for which the shell asks. */
export const createUndeclared = ({ name, type, keys }: UndeclaredSecret): string => {
  if (type === 'kubernetes.io/tls')
    return `kubectl -n ${namespace} create secret tls ${name} --cert=./tls.crt --key=./tls.key`;
  if (type === 'Opaque') return asking(name, keys);
  return create(name, Object.fromEntries(keys.map((key) => [key, `./${key.replace(/^\./, '')}`])), type);
};
