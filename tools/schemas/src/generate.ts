#!/usr/bin/env node
/** Command: renews the committed schemas from what Kubernetes and the custom kinds publish, or checks them. */
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { driftOf, writeFolder } from '../../../generators/src/write.ts';
import { definitionsIn, swagger } from './inputs.ts';
import { repository } from '../../repository/src/repository.ts';
import { stable } from './schema.ts';
import { customSchemas, kubernetesSchemas, together, type Schemas } from './sources.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const folder = 'tools/schemas/json';

const files = (schemas: Schemas): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, `${JSON.stringify(stable(schema))}\n`]));

const wantedFrom = (crds: string): Readonly<Record<string, string>> => {
  const definitions = definitionsIn(crds);
  const kubernetes = swagger();
  const custom = definitions.map((definition) => customSchemas(kubernetes, definition));
  return files(together([kubernetesSchemas(kubernetes), ...custom]));
};

/** @throws Error naming each file that differs */
const check = (wanted: Readonly<Record<string, string>>): void => {
  const drift = driftOf(repository, folder, wanted);
  if (drift.length === 0) return;
  throw new Error(drift.map(({ file, what }) => `${file}: ${what}; run npm run schemas`).join('\n'));
};

const write = (wanted: Readonly<Record<string, string>>): void => {
  const changed = writeFolder(repository, folder, wanted);
  console.log(`${Object.keys(wanted).length} schemas in ${folder}${changed ? '' : ', as before'}`);
};

/** A mistyped `--check` must not write. */
const refuseUnknown = (rawArgs: readonly string[]): void => {
  const unknown = rawArgs.find(
    (argument) => argument.startsWith('-') && !/^--(crds|check|no-check)(=|$)/.test(argument),
  );
  if (unknown) throw new Error(`${unknown}: no such option; --help lists them`);
};

const command = defineCommand({
  meta: { name: 'schemas', description: 'Renew the JSON schemas that kubeconform validates against.' },
  args: {
    crds: {
      type: 'string',
      default: join(repository, '../shared/crds'),
      description: 'Folder of the custom kinds’ definitions.',
    },
    check: { type: 'boolean', default: false, description: 'Write nothing; fail and name each file that differs.' },
  },
  run: withPlainErrors(({ args, rawArgs }) => {
    refuseUnknown(rawArgs);
    (args.check ? check : write)(wantedFrom(args.crds));
  }),
});

await runMain(command);
