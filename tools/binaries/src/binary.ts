/** Finds Go tools of exactly the pinned version, or builds them once. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../repository/src/repository.ts';

const run = promisify(execFile);

/** Each tool has a folder beside src/, whose go.mod pins its version. */
export type BinaryName = 'kustomize' | 'kustomize-5.7' | 'kubeconform' | 'kubeseal' | 'promtool' | 'pod-security';

/** A program of ours around a pinned module. Only a build gives it, because no PATH has it. */
interface OwnRecipe {
  readonly executable: string;
  /** The module whose version the program's go.mod pins. */
  readonly module: string;
}

/** How to call one tool, ask it for its version, and set its version in a build. */
interface ToolRecipe {
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

type Recipe = OwnRecipe | ToolRecipe;

const kustomize: ToolRecipe = {
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
  'pod-security': { executable: 'pod-security', module: 'k8s.io/pod-security-admission' },
};

const folder = join(import.meta.dirname, '..');
const cache = join(cacheFolder, 'binaries');

interface Pinned {
  /** The package to build. */
  readonly package: string;
  readonly version: string;
  /** The minimum Go version. */
  readonly go: string;
}

/** The digest of a program of ours, because its version is only that of the module around which it is written. */
const digestOf = (name: BinaryName): string => {
  const files = readdirSync(join(folder, name)).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(folder, name, file)));
  return hash.digest('hex').slice(0, 12);
};

/** What a go.mod pins: its tool, or the module of a program of ours. */
const pinned = (name: BinaryName): Pinned => {
  const text = readFileSync(join(folder, name, 'go.mod'), 'utf8');
  const recipe = recipes[name];
  const [, tool = ''] = 'module' in recipe ? ['', recipe.module] : (/^tool (\S+)$/m.exec(text) ?? []);
  const [, go = ''] = /^go (\d+\.\d+)/m.exec(text) ?? [];
  const versions = [...text.matchAll(/^(?:require )?\s*(\S+) (v\S+)/gm)];
  const version = versions.find(([, module = '']) => tool === module || tool.startsWith(`${module}/`))?.[2];
  if (!version) throw new Error(`tools/binaries/${name}/go.mod: must name a tool and require its module`);
  return 'module' in recipe
    ? { package: '.', version: `${version}-${digestOf(name)}`, go }
    : { package: tool, version, go };
};

/** The version that the build pins, such as `v5.8.1`. */
export const pinnedVersion = (name: BinaryName): string => pinned(name).version;

/** PATH without npm's folder: npm puts this package's own commands there, and calling them would recurse for ever. */
const foreignPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((entry) => !entry.endsWith(join('node_modules', '.bin')))
  .join(delimiter);

const onPath = async (recipe: Recipe, version: string): Promise<string | undefined> => {
  if ('module' in recipe) return undefined;
  const { executable, versionArguments, anyVersion, saidVersion = (output) => output.trim() } = recipe;
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
  const { package: source, version, go } = pinned(name);
  const recipe = recipes[name];
  const { executable } = recipe;
  if (!(await hasGo())) {
    const other = 'module' in recipe ? '' : ', or put exactly this version on PATH';
    throw new Error(`${executable} ${version} is missing: install Go ${go} or newer, from which it is built${other}`);
  }
  console.error(`building ${executable} ${version} (once) …`);
  mkdirSync(cache, { recursive: true });
  // Build into a temporary folder and then rename, because two processes may build at once.
  const temporary = mkdtempSync(join(cache, 'build-'));
  try {
    await run(
      'go',
      [
        ...['build', '-trimpath'],
        ...('module' in recipe ? [] : ['-ldflags', `-X ${recipe.versionVariable}=${version}`]),
        ...('tags' in recipe && recipe.tags ? ['-tags', recipe.tags] : []),
        ...['-o', join(temporary, name), source],
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
  const found = await onPath(recipes[name], version);
  if (found) return found;
  await build(name, target);
  return target;
};

/** Finds or builds tools (by default those that every build needs), so that no later step waits for them. */
export const prepareBinaries = async (
  names: readonly BinaryName[] = ['kustomize', 'kubeconform', 'pod-security'],
): Promise<void> => {
  for (const name of names) await binary(name);
};
