/** Measures the same work with Helm: `helm template` and kubeconform of a chart, per object. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binary } from '../../binaries/src/binary.ts';
import { schemaLocation } from '../../clusters/src/kubeconform.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { copyRepository } from '../../scratch/src/copy.ts';

const run = promisify(execFile);

/** Runs per tool. The quickest counts, because other load on the machine only makes runs slower. */
const rounds = 7;

/** Result of one tool. */
export interface Side {
  readonly objects: number;
  readonly milliseconds: number;
}

const validate = async (yaml: string): Promise<void> => {
  const flags = ['-strict', '-ignore-missing-schemas', '-schema-location', schemaLocation];
  const kubeconform = spawn(await binary('kubeconform'), flags, { stdio: ['pipe', 'ignore', 'ignore'] });
  kubeconform.stdin.end(yaml);
  await new Promise((resolve, reject) => kubeconform.on('error', reject).on('close', resolve));
};

const quickest = async (render: () => Promise<string>): Promise<Side> => {
  const times: number[] = [];
  let yaml = '';
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    yaml = await render();
    await validate(yaml);
    times.push(performance.now() - start);
  }
  return { objects: [...yaml.matchAll(/^kind: /gm)].length, milliseconds: Math.min(...times) };
};

const chartIn = (folder: string): string | undefined => {
  if (existsSync(join(folder, 'Chart.yaml'))) return folder;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => chartIn(join(folder, name)))
    .find((found) => found !== undefined);
};

/**
 * Measures both tools, one after the other, on this machine.
 * @param path a chart's folder, or an archive of it
 * @throws Error if the path has no chart, or if helm is not on PATH
 */
export const compare = async (path: string): Promise<{ readonly ours: Side; readonly theirs: Side }> => {
  if (!existsSync(path)) throw new Error(`${path}: does not exist; --against takes a chart's folder or archive`);
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore' });
  } catch (error) {
    throw new Error('helm is not on PATH: install it to compare with a chart', { cause: error });
  }
  const { root, remove } = copyRepository('bench');
  const unpacked = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    if (statSync(path).isFile()) execFileSync('tar', ['-xzf', path, '-C', unpacked]);
    const chart = chartIn(statSync(path).isFile() ? unpacked : path);
    if (!chart) throw new Error(`${path}: contains no Chart.yaml`);
    await binary('kustomize');
    const cluster = join(root, 'clusters/example-openshift-production');
    const large = { maxBuffer: 256 * 2 ** 20 };
    return {
      ours: await quickest(() => kustomizeBuild(cluster)),
      theirs: await quickest(async () => (await run('helm', ['template', 'bench', chart], large)).stdout),
    };
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
    remove();
  }
};
