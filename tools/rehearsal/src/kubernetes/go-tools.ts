/** Programs of a Go module, built once for each state of its go.mod, go.sum and our source. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../repository/src/repository.ts';

const run = promisify(execFile);

/** What to build from one folder with a go.mod. */
export interface GoModule {
  /** Folder below tools/rehearsal/modules: go.mod and go.sum, and our source where there is any. */
  readonly folder: string;
  /** Build tags, which leave out parts that a stage does not need. */
  readonly tags?: readonly string[];
  /** Package by the name of its program. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that the linker sets, mostly versions. */
  readonly variables: (version: (module: string) => string) => Readonly<Record<string, string>>;
}

const moduleFolder = ({ folder }: GoModule): string => join(import.meta.dirname, '../../modules', folder);

const text = (module: GoModule, file: string): string => readFileSync(join(moduleFolder(module), file), 'utf8');

/** The inputs of a module's programs: the pins, and our source. */
const sourceFiles = (module: GoModule): readonly string[] =>
  readdirSync(moduleFolder(module))
    .filter((file) => /^go[.](?:mod|sum)$|[.]go$/.test(file))
    .toSorted();

const versionIn =
  (goMod: string) =>
  (name: string): string => {
    const escaped = name.replaceAll(/[.]/g, String.raw`\$&`);
    const [, version] = new RegExp(String.raw`^(?:require )?\s*${escaped} (v\S+)`, 'm').exec(goMod) ?? [];
    if (!version) throw new Error(`go.mod: does not require ${name}`);
    return version;
  };

/** The folder of a module's built programs. */
export const programsFolder = (module: GoModule): string => {
  const state = sourceFiles(module)
    .reduce((hash, file) => hash.update(text(module, file)), createHash('sha256'))
    .update(JSON.stringify([module.programs, module.tags]))
    .digest('hex')
    .slice(0, 12);
  return join(cacheFolder, 'rehearsal', `${module.folder}-${state}`);
};

/**
 * Builds the programs of a module that do not exist yet, with a line of progress for each.
 * @returns their folder
 * @throws Error with Go's own message
 */
export const buildPrograms = async (module: GoModule): Promise<string> => {
  const target = programsFolder(module);
  mkdirSync(target, { recursive: true });
  const variables = module.variables(versionIn(text(module, 'go.mod')));
  const flags = ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
  const missing = Object.entries(module.programs).filter(([program]) => !existsSync(join(target, program)));
  if (missing.length === 0) return target;
  const tags = module.tags ? ['-tags', module.tags.join(' ')] : [];
  for (const [program, path] of missing) {
    const start = performance.now();
    const temporary = mkdtempSync(join(target, '.build-'));
    try {
      await run('go', ['build', '-trimpath', ...tags, '-ldflags', flags, '-o', join(temporary, program), path], {
        cwd: moduleFolder(module),
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
        maxBuffer: 64 * 2 ** 20,
      });
      renameSync(join(temporary, program), join(target, program));
    } catch (error) {
      const { code, stderr } = error as { code?: string; stderr?: string };
      const why = code === 'ENOENT' ? 'Go is missing: install Go 1.26 or newer' : (stderr ?? String(error));
      throw new Error(`${program} does not build: ${why}`, { cause: error });
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    console.error(`built ${program} in ${((performance.now() - start) / 1000).toFixed(0)} s (once)`);
  }
  return target;
};

/** Folder of a module that a go.mod requires, in Go's own cache. Downloads it when it is missing. */
export const moduleSource = async (module: GoModule, name: string): Promise<string> => {
  const { stdout } = await run('go', ['mod', 'download', '-json', name], {
    cwd: moduleFolder(module),
    env: { ...process.env, GOWORK: 'off' },
  });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
};
