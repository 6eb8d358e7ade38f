/** Programs of a Go module, built once for each state of its go.mod and go.sum. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../repository/src/repository.ts';

const run = promisify(execFile);

/** What is built from one folder with a go.mod. */
export interface GoModule {
  /** Folder below tools/rehearsal. */
  readonly folder: string;
  /** Package by the name of its program. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that are set to a value at link time, mostly versions. */
  readonly variables: (version: (module: string) => string) => Readonly<Record<string, string>>;
}

const moduleFolder = ({ folder }: GoModule): string => join(import.meta.dirname, '..', folder);

const text = (module: GoModule, file: string): string => readFileSync(join(moduleFolder(module), file), 'utf8');

const versionIn =
  (goMod: string) =>
  (name: string): string => {
    const escaped = name.replaceAll(/[.]/g, String.raw`\$&`);
    const [, version] = new RegExp(String.raw`^(?:require )?\s*${escaped} (v\S+)`, 'm').exec(goMod) ?? [];
    if (!version) throw new Error(`go.mod: does not require ${name}`);
    return version;
  };

/** Where a module's programs are, once they are built. */
export const programsFolder = (module: GoModule): string => {
  const state = createHash('sha256')
    .update(text(module, 'go.mod'))
    .update(text(module, 'go.sum'))
    .update(JSON.stringify(module.programs))
    .digest('hex')
    .slice(0, 12);
  return join(cacheFolder, 'rehearsal', `${module.folder}-${state}`);
};

/**
 * Builds the programs of a module that are not there yet, with a line of progress for each.
 * @returns the folder that they are in
 * @throws Error with Go's own message
 */
export const buildPrograms = async (module: GoModule): Promise<string> => {
  const target = programsFolder(module);
  mkdirSync(target, { recursive: true });
  const variables = module.variables(versionIn(text(module, 'go.mod')));
  const flags = ['-s', '-w', ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(' ');
  for (const [program, path] of Object.entries(module.programs)) {
    if (existsSync(join(target, program))) continue;
    const start = performance.now();
    const temporary = mkdtempSync(join(target, '.build-'));
    try {
      await run('go', ['build', '-trimpath', '-ldflags', flags, '-o', join(temporary, program), path], {
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

/** Folder of a module that a go.mod requires, in Go's own cache. */
export const moduleSource = async (module: GoModule, name: string): Promise<string> => {
  const { stdout } = await run('go', ['list', '-m', '-f', '{{.Dir}}', name], {
    cwd: moduleFolder(module),
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off' },
  });
  return stdout.trim();
};
