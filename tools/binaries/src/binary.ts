/** Go tools of exactly the pinned version: found, or built once. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../repository/src/repository.ts';

const run = promisify(execFile);

/** Each has a folder beside src/, whose go.mod pins its version. */
export type BinaryName = 'kustomize' | 'kustomize-5.7' | 'kubeconform' | 'kubeseal' | 'promtool';

/** How one tool is called, asked for its version, and told it when it is built. */
interface Recipe {
  readonly executable: string;
  readonly versionArguments: readonly string[];
  readonly versionVariable: string;
  /** True where whatever is on PATH will do. */
  readonly anyVersion?: true;
  /** The module's version in what the tool says of its own; left out where it says nothing else. */
  readonly saidVersion?: (output: string) => string;
  /** Build tags, which leave out what is not needed here. */
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
  // What one version seals, every controller opens.
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
    // Ways to find targets, each with the library of a cloud.
    tags: 'remove_all_sd',
  },
};

const folder = join(import.meta.dirname, '..');
const cache = join(cacheFolder, 'binaries');

/** The package that a go.mod names as its tool, the version of the module it is in, and the Go that it wants. */
const pinned = (name: BinaryName): { readonly tool: string; readonly version: string; readonly go: string } => {
  const text = readFileSync(join(folder, name, 'go.mod'), 'utf8');
  const [, tool = ''] = /^tool (\S+)$/m.exec(text) ?? [];
  const [, go = ''] = /^go (\d+\.\d+)/m.exec(text) ?? [];
  const versions = [...text.matchAll(/^(?:require )?\s*(\S+) (v\S+)/gm)];
  const version = versions.find(([, module = '']) => tool === module || tool.startsWith(`${module}/`))?.[2];
  if (!version) throw new Error(`tools/binaries/${name}/go.mod: names no tool, or does not require its module`);
  return { tool, version, go };
};

/** The version that the build pins, such as `v5.8.1`. */
export const pinnedVersion = (name: BinaryName): string => pinned(name).version;

/** npm puts this very package's commands on PATH: asking them would never end. */
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
      `${executable} ${version} is missing: install Go ${go} or newer so that it can be built, or put exactly this version on PATH`,
    );
  }
  console.error(`building ${executable} ${version} (once) …`);
  mkdirSync(cache, { recursive: true });
  // Under a name of its own until it is whole: two processes may build at once.
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
    throw new Error(`${executable} ${version} does not build: ${stderr?.trim() || String(error)}`, { cause: error });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

/**
 * Path of a tool of exactly the pinned version: built before, on PATH, or built now.
 * @throws Error saying how to get it, where there is no Go and no such version on PATH, or what Go says of the build
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

/** Makes ready what every build needs, or others, so that no later step waits for it. */
export const prepareBinaries = async (names: readonly BinaryName[] = ['kustomize', 'kubeconform']): Promise<void> => {
  for (const name of names) await binary(name);
};
