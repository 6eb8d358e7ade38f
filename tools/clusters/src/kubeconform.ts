/** Validates objects against the committed schemas: strictly, and without skipping any. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { binary } from '../../binaries/src/binary.ts';
import { repository } from '../../repository/src/repository.ts';

interface Result {
  readonly resources?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly version: string;
    readonly status: string;
    readonly msg: string;
  }[];
}

/** The schemas' location, as a template of kubeconform. */
export const schemaLocation = join(repository, 'tools/schemas/json/{{ .ResourceKind }}{{ .KindSuffix }}.json');

const output = async (yaml: string, location: string): Promise<string> => {
  const kubeconform = spawn(await binary('kubeconform'), ['-strict', '-output=json', '-schema-location', location]);
  const parts: Buffer[] = [];
  kubeconform.stdout.on('data', (part: Buffer) => parts.push(part));
  kubeconform.stderr.pipe(process.stderr);
  kubeconform.stdin.end(yaml);
  return new Promise((resolve, reject) => {
    kubeconform.on('error', reject);
    kubeconform.on('close', () => resolve(Buffer.concat(parts).toString()));
  });
};

const resultsOf = async (yaml: string, location: string) => {
  const { resources = [] } = JSON.parse(await output(yaml, location)) as Result;
  return resources
    .filter(({ status }) => status !== 'statusValid')
    .map((result) => ({
      ...result,
      unknown: /could not find schema/.test(result.msg) || result.status === 'statusSkipped',
    }));
};

/** kubeconform says in the words of Go that the head of an object has a wrong shape. */
const inWords = (message: string): string =>
  message.replace(
    /^.*cannot unmarshal (\w+) into Go struct field \.?([\w.]+) of type (\w+)$/s,
    (_, found: string, field: string, wanted: string) =>
      `its ${field.charAt(0).toLowerCase()}${field.slice(1)} is of type ${found}; it must be of type ${wanted}`,
  );

/**
 * The objects that kubeconform refuses or skips, as sentences.
 * @param location of the schemas, as a template of kubeconform
 * @throws Error when kubeconform itself does not run
 */
export const schemaFaults = async (yaml: string, location = schemaLocation): Promise<readonly string[]> =>
  (await resultsOf(yaml, location)).map(({ kind, name, version, msg, unknown }) =>
    unknown
      ? `${kind}/${name} is of a kind without a schema (${version}): add its definition and run npm run schemas`
      : `${kind}/${name}: ${inWords(msg)}`,
  );

/** The objects whose fields have another shape than their schema says. */
export const shapesOf = async (yaml: string): Promise<readonly string[]> =>
  (await resultsOf(yaml, schemaLocation))
    .filter(({ unknown }) => !unknown)
    .map(({ kind, name, msg }) => `${kind}/${name}: ${inWords(msg)}`);
