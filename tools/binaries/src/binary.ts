/** Finds Go tools of exactly the pinned version, or builds them once. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../repository/src/repository.ts';

const run = promisify(execFile);

/** Each tool has a folder beside src/, whose go.mod pins its version. */
export type BinaryName = 'kustomize' | 'kustomize-5.7' | 'kubeconform' | 'kubeseal' | 'promtool';

/** How to call one tool, ask it for its version, and set its version in a build. */
interface Recipe {
  readonly executable: string;
  readonly versionArguments: readonly string[];
  readonly versionVariable: string;
  /** True if any version on PATH will do. */
  readonly anyVersion?: true;
  /** Extracts the module's version from the tool's output; by default the output is the version. */
  readonly saidVersion?: (output: string) => string;
  /** Build tags that leave out parts which we do not use. */
  readonly tags?: string;
}

const kustomize: Recipe = {
  executable: 'kustomize',
  versionArguments: ['version'],
  versionVariable: 'sigs.k8s.io/kustomize/api/provenance.version',
};

const recipes: Readonly<Record<BinaryName, Recipe>> = {
  kustomize,
  'kustomize-5.7': kustomize,
  kubeconform: { executable: 'kubeconform', versionArguments: ['-v'], versionVariable: 'main.version' },
  // Every version of the controller decrypts what any version of kubeseal seals.
  kubeseal: {
    executable: 'kubeseal',
    versionArguments: ['--version'],
    versionVariable: 'main.VERSION',
    anyVersion: true,
  },
  promtool: {
    executable: 'promtool',
    versionArguments: ['--version'],
    versionVariable: 'github.com/prometheus/common/version.Version',
    // Release 3.13.5 is version v0.313.5 of the module.
    saidVersion: (output) =>
      output.replace(
        /^promtool, version (\d+)\.(\d+)\.(\d+)[^]*$/,
        (_, major: string, minor: string, patch: string) => `v0.${major}${minor.padStart(2, '0')}.${patch}`,
      ),
    // Leaves out service discovery, because it pulls in the libraries of all clouds.
    tags: 'remove_all_sd',
  },
};

const folder = join(import.meta.dirname, '..');
const cache = join(cacheFolder, 'binaries');

/** The package that a go.mod names as its tool, the version of that package's module, and the minimum Go version. */
const pinned = (name: BinaryName): { readonly tool: string; readonly version: string; readonly go: string } => {
  const text = readFileSync(join(folder, name, 'go.mod'), 'utf8');
  const [, tool = ''] = /^tool (\S+)$/m.exec(text) ?? [];
  const [, go = ''] = /^go (\d+\.\d+)/m.exec(text) ?? [];
  const versions = [...text.matchAll(/^(?:require )?\s*(\S+) (v\S+)/gm)];
  const version = versions.find(([, module = '']) => tool === module || tool.startsWith(`${module}/`))?.[2];
  if (!version) throw new Error(`tools/binaries/${name}/go.mod: must name a tool and require its module`);
  return { tool, version, go };
};

/** The version that the build pins, such as `v5.8.1`. */
export const pinnedVersion = (name: BinaryName): string => pinned(name).version;

/** PATH without npm's folder: npm puts this package's own commands there, and calling them would recurse for ever. */
const foreignPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((entry) => !entry.endsWith(join('node_modules', '.bin')))
  .join(delimiter);

const onPath = async (name: BinaryName, version: string): Promise<string | undefined> => {
  const { executable, versionArguments, anyVersion, saidVersion = (output) => output.trim() } = recipes[name];
  const env = { ...process.env, PATH: foreignPath };
  try {
    const path = (await run('sh', ['-c', `command -v ${executable}`], { env })).stdout.trim();
    const { stdout } = await run(path, [...versionArguments]);
    return anyVersion || saidVersion(stdout) === version ? path : undefined;
  } catch {
    return undefined;
  }
};

const hasGo = (): Promise<boolean> =>
  run('go', ['version']).then(
    () => true,
    () => false,
  );

const build = async (name: BinaryName, target: string): Promise<void> => {
  const { tool, version, go } = pinned(name);
  const { executable, versionVariable, tags } = recipes[name];
  if (!(await hasGo())) {
    throw new Error(
      `${executable} ${version} is missing: install Go ${go} or newer, from which it is built, or put exactly this version on PATH`,
    );
  }
  console.error(`building ${executable} ${version} (once) …`);
  mkdirSync(cache, { recursive: true });
  // Build into a temporary folder and then rename, because two processes may build at once.
  const temporary = mkdtempSync(join(cache, 'build-'));
  try {
    await run(
      'go',
      [
        ...['build', '-trimpath', '-ldflags', `-X ${versionVariable}=${version}`],
        ...(tags ? ['-tags', tags] : []),
        ...['-o', join(temporary, name), tool],
      ],
      {
        cwd: join(folder, name),
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
      },
    );
    renameSync(join(temporary, name), target);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`building ${executable} ${version} failed: ${stderr?.trim() || String(error)}`, { cause: error });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

/**
 * Returns the path of a tool of exactly the pinned version: from the cache, from PATH, or built now.
 * @throws Error that says how to get the tool, if neither Go nor this version is on PATH; or with Go's output, if the
 *   build fails
 */
export const binary = async (name: BinaryName): Promise<string> => {
  const version = pinnedVersion(name);
  const target = join(cache, `${name}-${version}`);
  if (existsSync(target)) return target;
  const found = await onPath(name, version);
  if (found) return found;
  await build(name, target);
  return target;
};

/** Finds or builds tools (by default those that every build needs), so that no later step waits for them. */
export const prepareBinaries = async (names: readonly BinaryName[] = ['kustomize', 'kubeconform']): Promise<void> => {
  for (const name of names) await binary(name);
};
