import type { IEnvFromSource, IEnvVar } from 'kubernetes-models/v1';
import type { Env, OwnLimit, Reference, Workload } from './vocabulary.ts';

const keyOf = ({ name, key, optional }: Reference) => ({ name, key, ...(optional && { optional }) });

const source = (value: Reference | OwnLimit): NonNullable<IEnvVar['valueFrom']> => {
  switch (value.kind) {
    case 'Secret':
      return { secretKeyRef: keyOf(value) };
    case 'ConfigMap':
      return { configMapKeyRef: keyOf(value) };
    case 'OwnLimit':
      return {
        resourceFieldRef: {
          resource: `limits.${value.resource}`,
          divisor: value.resource === 'cpu' ? '1' : '1Mi',
        },
      };
  }
};

/** Variables of a container, in declared order. */
export const variables = (env: Env): IEnvVar[] =>
  Object.entries(env).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, valueFrom: source(value) },
  );

/**
 * All variables of a workload: those of its connections, then its own.
 * @throws Error when two declarations give one variable different values.
 */
export const environment = ({ name, connects = [], env = {} }: Workload): Env => {
  const merged: Record<string, Env[string]> = {};
  for (const part of [...connects.map((connection) => connection.env ?? {}), env]) {
    for (const [variable, value] of Object.entries(part)) {
      const known = merged[variable];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value)) {
        throw new Error(
          `${name}: the variable ${variable} is declared twice, as ${JSON.stringify(known)} and as ${JSON.stringify(value)}`,
        );
      }
      merged[variable] = value;
    }
  }
  return merged;
};

/** Whole ConfigMaps as variables. Later ones override earlier ones, and the workload's own variables override all. */
export const environmentFrom = ({ settings = [] }: Workload): IEnvFromSource[] =>
  settings.map(({ name }) => ({ configMapRef: { name } }));
