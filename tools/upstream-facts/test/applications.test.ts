/** Compares the variables that we set in applications other than Koku with the tables of what their programs read. */
import { readFileSync } from 'node:fs';
import { kokuImage } from '@cost-onprem/contracts';
import type { Mergeable, Setting } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { mergeables } from '../../repository/src/declarations.ts';
import { containersIn, variablesOf } from '../src/our-code.ts';
import { committed, readTable, textOf } from '../src/table.ts';
import { upstreamNames } from '../src/upstreams.ts';

/** Variables that the programs' own code does not name, and what reads each. */
const readByOthers: Readonly<Record<string, string>> = {
  GOMEMLIMIT: 'Go, which then frees memory more often',
  JAVA_TOOL_OPTIONS: 'the virtual machine of Java',
  KUBERNETES_MASTER: 'the Kubernetes client of Java',
  KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT: 'the Kubernetes client of Java',
  SSL_CERT_FILE: 'Go, for each connection with TLS',
};

describe.each(upstreamNames.filter((name) => name !== 'koku'))('%s', (application) => {
  const table = readTable(committed(application));
  const read = new Set(table.variables.map(({ name }) => name));
  // Our own programs run in Koku's image, because it has Python.
  const containers = containersIn(application).filter(([, { image }]) => image !== kokuImage);
  // Our own variables are for a script of a container in the same pod, or for the value of another variable.
  const words = JSON.stringify(containers.map(([, { command, env = [] }]) => [command, env.map(({ value }) => value)]));

  test.each(containers)('%s: the program reads every variable, and none is set twice', (_, container) => {
    const { own, shared } = variablesOf(container);
    const unread = [...own, ...shared].filter(
      (name) => !read.has(name) && !(name in readByOthers) && !new RegExp(String.raw`\$\W?\b${name}\b`).test(words),
    );
    expect(unread).toEqual([]);
    expect(own).toEqual([...new Set(own)]);
  });

  const settings = new Set(
    containers.flatMap(([, { envFrom = [] }]) => envFrom.map(({ configMapRef }) => configMapRef?.name ?? '')),
  );
  const defaults = mergeables
    .filter(({ name }: Mergeable) => settings.has(name))
    .flatMap((mergeable) => Object.entries<Setting>(mergeable.settings))
    .flatMap(([key, { otherwise }]) => (otherwise === undefined ? [] : [[key, otherwise] as const]));

  test.skipIf(defaults.length === 0)('the defaults of settings are those of the program', () => {
    const programs = Object.fromEntries(
      defaults.map(([key]) => [
        key,
        table.variables.find(({ name, otherwise }) => name === key && typeof otherwise === 'string')?.otherwise,
      ]),
    );
    expect(Object.fromEntries(defaults)).toEqual(programs);
  });

  test('the committed table has the format that the command writes', async () => {
    expect(readFileSync(committed(application), 'utf8')).toBe(await textOf(table));
  });
});
