#!/usr/bin/env node
/** Command: renews the committed schemas from what Kubernetes and the custom kinds publish, or checks them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { defineCommand, runMain } from 'citty';
import { driftOf, writeFolder } from '../../../generators/src/write.ts';
import { stable } from './schema.ts';
import { customSchemas, kubernetesSchemas, type Definition, type Schemas } from './sources.ts';

const repository = join(import.meta.dirname, '../../..');
const folder = 'tools/schemas/json';

/** `k8s.io/kubernetes@v…`, as go.mod pins it. */
const kubernetesModule = (): string => {
  const [, name, version] =
    /^require (\S+) (\S+)$/m.exec(readFileSync(join(import.meta.dirname, '../go.mod'), 'utf8')) ?? [];
  if (!name || !version) throw new Error('tools/schemas/go.mod: requires no module');
  return `${name}@${version}`;
};

const swagger = (): Parameters<typeof kubernetesSchemas>[0] => {
  const answer = execFileSync('go', ['mod', 'download', '-json', kubernetesModule()], { encoding: 'utf8' });
  const { Dir: path } = JSON.parse(answer) as { Dir: string };
  return JSON.parse(readFileSync(join(path, 'api/openapi-spec/swagger.json'), 'utf8')) as ReturnType<typeof swagger>;
};

const definitionsIn = (path: string): readonly Definition[] => {
  if (!existsSync(path)) {
    throw new Error(
      `${path}: no such folder; --crds names a folder of the custom kinds' definitions (tools/schemas/README.md)`,
    );
  }
  return readdirSync(path)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => loadAll(readFileSync(join(path, file), 'utf8')) as readonly (Definition | null)[])
    .filter((object) => object?.kind === 'CustomResourceDefinition')
    .filter((object) => object !== null);
};

const files = (schemas: Schemas): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, `${JSON.stringify(stable(schema))}\n`]));

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
  run: ({ args }) => {
    const kubernetes = swagger();
    const custom = definitionsIn(args.crds).map((definition) => customSchemas(kubernetes, definition));
    const wanted = files(Object.assign({}, kubernetesSchemas(kubernetes), ...custom) as Schemas);
    if (!args.check) {
      const changed = writeFolder(repository, folder, wanted);
      console.log(`${Object.keys(wanted).length} schemas in ${folder}${changed ? '' : ', as before'}`);
      return;
    }
    const drift = driftOf(repository, folder, wanted);
    for (const { file, what } of drift) console.error(`${file}: ${what}; run npm run schemas`);
    if (drift.length > 0) process.exitCode = 1;
  },
});

await runMain(command);
