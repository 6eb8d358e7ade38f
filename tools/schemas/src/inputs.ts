/**
 * Reads the sources of the schemas (Kubernetes' OpenAPI document, definitions of custom kinds) and the committed
 * schemas.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { definitionsFrom, type CustomResourceDefinition } from './definitions.ts';
import type { Digests } from './digests.ts';
import type { Schema } from './schema.ts';
import { kindOf, type Definition, type Schemas, type Swagger } from './sources.ts';

/** Folder of go.mod, which pins the version, and go.sum, against which Go checks the download. */
const pin = join(import.meta.dirname, '..');

const kubernetesModule = (): string => {
  const [, name, version] = /^require (\S+) (\S+)$/m.exec(readFileSync(join(pin, 'go.mod'), 'utf8')) ?? [];
  if (!name || !version) throw new Error('tools/schemas/go.mod: must require the module k8s.io/kubernetes');
  return `${name}@${version}`;
};

/** The folder of the downloaded module, in Go's own cache. */
const downloaded = (module: string): string => {
  try {
    const stdout = execFileSync('go', ['mod', 'download', '-json', module], {
      cwd: pin,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return (JSON.parse(stdout) as { Dir: string }).Dir;
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: string; stdout?: string; stderr?: string };
    const why =
      code === 'ENOENT'
        ? 'install Go 1.24 or newer, which downloads it'
        : stderr?.trim() || stdout?.trim() || String(error);
    throw new Error(`downloading ${module} failed: ${why}`, { cause: error });
  }
};

/**
 * Kubernetes' OpenAPI document (`api/openapi-spec/swagger.json` of the module `k8s.io/kubernetes`), of the pinned
 * version.
 * @throws Error if Go is missing, or if the download fails or does not match go.sum
 */
export const swagger = (): Swagger =>
  JSON.parse(readFileSync(join(downloaded(kubernetesModule()), 'api/openapi-spec/swagger.json'), 'utf8')) as Swagger;

/**
 * Every CustomResourceDefinition in a folder's YAML files, in the order of the files' names.
 * @throws Error if the folder is missing or has no definition, because that would remove the schemas of custom kinds
 */
export const definitionsIn = (folder: string): readonly Definition[] => {
  const where =
    '--crds must name a folder with the custom kinds’ definitions (tools/schemas/README.md says where they come from)';
  if (!existsSync(folder)) throw new Error(`${folder}: does not exist; ${where}`);
  const definitions = readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as readonly (Definition | null)[])
    .filter((object) => object?.kind === 'CustomResourceDefinition')
    .filter((object) => object !== null);
  if (definitions.length === 0) throw new Error(`${folder}: contains no definition; ${where}`);
  return definitions;
};

/**
 * The committed schemas, by file name.
 * @throws Error naming a file that is not the schema of a kind
 */
export const committedSchemas = (): Schemas =>
  Object.fromEntries(
    readdirSync(join(pin, 'json')).map((file) => {
      try {
        const schema = JSON.parse(readFileSync(join(pin, 'json', file), 'utf8')) as Schema;
        kindOf(schema);
        return [file, schema];
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`tools/schemas/json/${file}: ${why}; restore it`, { cause: error });
      }
    }),
  );

/** Definitions of every custom kind that has a committed schema, for an API server. */
export const committedDefinitions = (): readonly CustomResourceDefinition[] => definitionsFrom(committedSchemas());

/** The file with the digests of the custom kinds' schemas. */
export const digestsFile = join(pin, 'custom-kinds.json');

/** The committed digests; empty if the file is missing. */
export const committedDigests = (): Digests =>
  existsSync(digestsFile) ? (JSON.parse(readFileSync(digestsFile, 'utf8')) as Digests) : {};
