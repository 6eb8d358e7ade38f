#!/usr/bin/env node
/** Command: renews the committed schemas from the files that Kubernetes and other projects publish, or checks them. */
import { writeFileSync } from 'node:fs';
import { defineCommand, runMain } from 'citty';
import { driftOf, writeFolder } from '../../repository/src/owned-folder.ts';
import { definitionsFrom, disagreements } from './definitions.ts';
import { deviations, digestsOf } from './digests.ts';
import { committedDefinitions, committedDigests, definitionsIn, digestsFile, swagger } from './inputs.ts';
import { repository } from '../../repository/src/repository.ts';
import { stable } from './schema.ts';
import { customSchemas, kubernetesSchemas, together, type Definition, type Schemas } from './sources.ts';
import { withPlainErrors } from '../../repository/src/plain-errors.ts';

const folder = 'tools/schemas/json';

const files = (schemas: Schemas): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, `${JSON.stringify(stable(schema))}\n`]));

/**
 * All schemas. Those of custom kinds come from the definitions in a folder. Without a folder they stay as committed,
 * except for Kubernetes' own metadata, which is renewed.
 */
const wantedFrom = (crds?: string): Schemas => {
  const published = crds === undefined ? undefined : definitionsIn(crds);
  const kubernetes = swagger();
  const custom = (published ?? committedDefinitions()).map((definition) => customSchemas(kubernetes, definition));
  const wanted = together([kubernetesSchemas(kubernetes), ...custom]);
  if (published) refuseDisagreements(published, wanted);
  else refuse(deviations(committedDigests(), digestsOf(wanted)));
  return wanted;
};

/** @throws Error with the sentences, if there are any */
const refuse = (sentences: readonly string[]): void => {
  if (sentences.length > 0) throw new Error(sentences.join('\n'));
};

/** @throws Error naming each fact in which our definitions differ from the published ones */
const refuseDisagreements = (published: readonly Definition[], wanted: Schemas): void => {
  const made = definitionsFrom(wanted);
  const found = published.flatMap((definition) => {
    const { group, names } = definition.spec;
    const own = made.find(({ spec }) => spec.group === group && spec.names.kind === names.kind);
    return own ? disagreements(definition, own) : [];
  });
  refuse(found);
};

const digestsText = (wanted: Schemas): string => `${JSON.stringify(digestsOf(wanted), null, 2)}\n`;

/** @throws Error naming each file that differs */
const check = (wanted: Schemas): void => {
  const drift = driftOf(repository, folder, files(wanted)).map(
    ({ file, what }) => `${file}: ${what}; run npm run schemas`,
  );
  refuse([...drift, ...deviations(committedDigests(), digestsOf(wanted))]);
};

const write = (wanted: Schemas): void => {
  const changed = writeFolder(repository, folder, files(wanted));
  writeFileSync(digestsFile, digestsText(wanted));
  console.log(`${Object.keys(wanted).length} schemas in ${folder}${changed ? '' : ', as before'}`);
};

const command = defineCommand({
  meta: { name: 'schemas', description: 'Renew the JSON schemas that kubeconform validates against.' },
  args: {
    crds: {
      type: 'string',
      description: 'Folder of the custom kinds’ definitions; without it, their schemas stay unchanged.',
    },
    check: { type: 'boolean', default: false, description: 'Write nothing; name each file that differs, and fail.' },
  },
  run: withPlainErrors(({ args }) => {
    (args.check ? check : write)(wantedFrom(args.crds));
  }),
});

await runMain(command);
