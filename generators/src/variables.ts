/** Variables of containers, checked as plain data, because `npm start` runs the declarations without the compiler. */
import { secrets } from '@cost-onprem/contracts';
import { workloadsOf, type Application, type Env, type Reference, type Workload } from '@cost-onprem/kit';
import { allowed } from '../../tools/repository/src/suggest.ts';
import { keyed, placeOf } from './place.ts';

const forms = 'a string, a key of a Secret or a ConfigMap, or a limit of the container';

const kinds: ReadonlySet<unknown> = new Set(['Secret', 'ConfigMap', 'OwnLimit'] satisfies Exclude<
  Env[string],
  string
>['kind'][]);

/** Keys of the Secrets that the contracts and an application declare, by the name of the Secret. */
const keysOf = ({ optionalSecrets = [] }: Application): ReadonlyMap<string, readonly string[]> =>
  new Map([...secrets, ...optionalSecrets].map(({ name, keys }) => [name, Object.keys(keys)]));

type Keys = ReturnType<typeof keysOf>;

const secretFault = ({ kind, name, key }: Reference, keys: Keys): string | undefined => {
  const known = kind === 'Secret' ? keys.get(name) : undefined;
  return known === undefined || known.includes(key)
    ? undefined
    : `is the key ${key} of the Secret ${name}, which does not have it; ${allowed(key, known)}`;
};

/** What is wrong with a value; the compiler may not have seen it, so it can be anything. */
const valueFault = (value: unknown, keys: Keys): string | undefined => {
  if (typeof value === 'string') return undefined;
  if (value === undefined) {
    const known = [...keys].map(([name, its]) => `${name} (${its.join(', ')})`).join(', ');
    return `is undefined, as a key is that its Secret or ConfigMap does not declare; the Secrets and their keys are ${known}`;
  }
  if (typeof value !== 'object' || value === null)
    return `is ${String(value)} without quotes; it must be ${forms}, so write the string that the program reads`;
  if (!('kind' in value) || !kinds.has(value.kind)) return `is ${JSON.stringify(value)}; it must be ${forms}`;
  return value.kind === 'OwnLimit' ? undefined : secretFault(value as Reference, keys);
};

const entriesOf = ({ env = {}, connects = [] }: Workload): readonly (readonly [string, unknown])[] =>
  [...connects.map((connection) => connection.env ?? {}), env].flatMap((part) => Object.entries<unknown>(part));

/** What is wrong with the variables of an application's workloads; each sentence begins with the file. */
export const variableFaults = (application: Application, root: string): readonly string[] => {
  const keys = keysOf(application);
  return workloadsOf(application).flatMap((workload) =>
    entriesOf(workload).flatMap(([variable, value]) => {
      const fault = valueFault(value, keys);
      if (fault === undefined) return [];
      const place = placeOf(keyed(variable), application.name, root, workload.name);
      return [`${place}: the variable ${variable} of ${workload.name} ${fault}`];
    }),
  );
};
