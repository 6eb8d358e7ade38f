/** Finds the applications' checks by their folders, and validates them as strictly as their type does. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../../repository/src/repository.ts';
import { stageNames } from '../kubernetes/index.ts';
import type { ApplicationRehearsal } from './check.ts';

type Fields = Readonly<Record<string, readonly [allowed: string, isRight: (value: unknown) => boolean]>>;

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isListOf = (isItem: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(isItem);
const optional = (isRight: (value: unknown) => boolean) => (value: unknown) => value === undefined || isRight(value);

const checkFields: Fields = {
  title: ['a sentence', isText],
  order: ['a number', Number.isFinite],
  stages: [`a list of ${stageNames.join(', ')}`, isListOf((name) => stageNames.some((known) => known === name))],
  run: ['a function', isFunction],
  applies: ['a function', optional(isFunction)],
  real: ['a list of the last parts of images’ paths', optional(isListOf(isText))],
  long: ['true or false', optional(isBoolean)],
  showsWork: ['true or false', optional(isBoolean)],
};

const rehearsalFields: Fields = {
  checks: ['a list of checks', Array.isArray],
  work: ['a function', optional(isFunction)],
};

const shown = (value: unknown): string => (isFunction(value) ? 'a function' : (JSON.stringify(value) ?? 'nothing'));

/** The faults in the fields of an object, each as the end of a sentence. */
const fieldFaults = (value: unknown, fields: Fields): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [`is ${shown(value)}; it must be an object`];
  const found = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(fields).flatMap(([name, [allowed, isRight]]) =>
      isRight(found[name]) ? [] : [`has ${shown(found[name])} as ${name}; it must be ${allowed}`],
    ),
    ...Object.keys(found)
      .filter((name) => !(name in fields))
      .map((name) => `has ${name}; it may have ${Object.keys(fields).join(', ')}`),
  ];
};

const faultsOf = (rehearsal: unknown): readonly string[] => {
  const faults = fieldFaults(rehearsal, rehearsalFields);
  if (faults.length > 0) return faults.map((fault) => `its default export ${fault}`);
  return (rehearsal as ApplicationRehearsal).checks.flatMap((check: unknown, index) => {
    const { title } = (check ?? {}) as { readonly title?: unknown };
    const name = isText(title) ? `“${String(title)}”` : `number ${index + 1}`;
    return fieldFaults(check, checkFields).map((fault) => `the check ${name} ${fault}`);
  });
};

/** A title names a check on the command line, so it must be unique. */
const assertDifferent = (found: readonly (readonly [file: string, ApplicationRehearsal])[]): void => {
  const files = new Map<string, string>();
  for (const [file, { checks }] of found)
    for (const { title } of checks) {
      const other = files.get(title);
      if (other) throw new Error(`${file}: the check “${title}” is in ${other} already; give it another title`);
      files.set(title, file);
    }
};

const load = async (root: string, file: string): Promise<readonly [file: string, ApplicationRehearsal]> => {
  const loaded = import(pathToFileURL(join(root, file)).href) as Promise<{ readonly default?: unknown }>;
  const { default: rehearsal } = await loaded.catch((error: Error) => {
    throw new Error(`${file}: cannot be loaded: ${error.message}`, { cause: error });
  });
  const faults = faultsOf(rehearsal);
  if (faults.length > 0) throw new Error(faults.map((fault) => `${file}: ${fault}`).join('\n'));
  return [file, rehearsal as ApplicationRehearsal];
};

/**
 * The default exports of all libraries' rehearsals, in the order of the libraries' names.
 * @throws Error naming each invalid file, and what is allowed
 */
export const findRehearsals = async (root = repository): Promise<readonly ApplicationRehearsal[]> => {
  const files = readdirSync(join(root, 'libs'))
    .map((name) => `libs/${name}/rehearsal/index.ts`)
    .filter((file) => existsSync(join(root, file)))
    .toSorted();
  const found = await Promise.all(files.map((file) => load(root, file)));
  assertDifferent(found);
  return found.map(([, rehearsal]) => rehearsal);
};
