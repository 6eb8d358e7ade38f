/** Renders a cluster's folder to checked objects. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { workloadNames } from '@cost-onprem/contracts';
import { findings } from '../../laws/src/index.ts';
import { podSecurityFindings } from '../../laws/src/pod-security.ts';
import type { ProgramError } from '../../manifests/src/bounded.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { parseManifests, type Manifest } from '../../manifests/src/manifest.ts';
import { clusterFault, clusterNames } from '../../repository/src/clusters.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import { repository } from '../../repository/src/repository.ts';
import { agreementFaults } from './agreements.ts';
import { readFence } from './fence.ts';
import { unjoinedFaults } from './joined.ts';
import { shapesOf } from './kubeconform.ts';
import { description, shapeFaults } from './description.ts';
import { inWords, type Fault } from './fault.ts';
import type { ClusterKustomization } from './kustomization.ts';
import { layerFaults, overlaysOf } from './layer-faults.ts';
import { readOverlays } from './overlays.ts';
import { ownFileFaults } from './own-files.ts';
import { settingFaults } from './settings.ts';
import { allowed } from '../../repository/src/suggest.ts';
import { selectionFaults, targetFaults } from './targets.ts';
import { readYaml, type ReadDocument } from './yaml.ts';

/** An invalid cluster: all its faults, each a sentence that starts with the file. */
export class ClusterFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** A rendered cluster. */
export interface Rendered {
  readonly yaml: string;
  readonly objects: readonly Manifest[];
}

/**
 * Reads a cluster's kustomization.yaml.
 * @throws ClusterFaults for what does not parse, or has another shape than the description
 */
const readCluster = (
  text: string,
  file: string,
): { readonly kustomization: ClusterKustomization; readonly document: ReadDocument } => {
  const { documents, faults } = readYaml(text);
  const [document, second] = documents;
  const placed = second
    ? [{ file, line: second.lineOf([]), sentence: 'has a second document; a kustomization is one' }]
    : faults.map((fault) => ({ file, ...fault }));
  if (placed.length > 0) throw new ClusterFaults(placed.map(inWords));
  if (!document) throw new ClusterFaults([`${file}: is empty; it must be a mapping with kind: Kustomization`]);
  const wrong = shapeFaults(description, document.value);
  if (wrong.length > 0)
    throw new ClusterFaults(
      wrong.map(({ at, sentence }) => inWords({ file, line: at && document.lineOf(at), sentence })),
    );
  return { kustomization: document.value as ClusterKustomization, document };
};

/** The cause from Kustomize's message, without the folders on the way. */
const shortened = (error: unknown): string => {
  const text = String((error as { stderr?: string }).stderr ?? error).trim();
  const [, twice] = /already registered id: ([^\s'":]+)\.[^\s'":.]+/.exec(text) ?? [];
  if (twice) return `the object ${twice} occurs twice`;
  const [, absent] = /no matches for Id (\S+?)(?:\.\[\S*\])?;/.exec(text) ?? [];
  if (absent) return `a patch is for ${absent}, which this cluster does not have`;
  if (/^(panic|goroutine)\b|MappingNode|SequenceNode|unmarshal/m.test(text))
    return 'a patch, or an object of its own, gives a field another shape than it has in Kubernetes';
  return text
    .replace(/^Error: /, '')
    .split(/: (?=[a-z'"])/)
    .slice(-2)
    .join(': ');
};

const build = async (folder: string, file: string): Promise<string> => {
  try {
    return await kustomizeBuild(folder);
  } catch (error) {
    if ((error as ProgramError).stopped) throw new ClusterFaults([`${file}: ${(error as Error).message}`]);
    throw new ClusterFaults([`${file}: Kustomize refuses it: ${shortened(error)}`]);
  }
};

/**
 * The same cluster without its own changes, rendered from a temporary copy, with links for its references.
 */
const withoutOwnChanges = async (
  { patches: _patches, images: _images, replicas: _replicas, ...rest }: ClusterKustomization,
  name: string,
  file: string,
  root: string,
): Promise<readonly Manifest[]> => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const around = mkdtempSync(join(root, '.cache/cluster-'));
  try {
    const copy = join(around, 'clusters', name);
    cpSync(join(root, 'clusters', name), copy, { recursive: true });
    for (const folder of ['overlays', 'libs']) symlinkSync(join(root, folder), join(around, folder));
    writeFileSync(join(copy, 'kustomization.yaml'), dump(rest));
    return parseManifests(await build(copy, file));
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
};

/**
 * Renders a cluster with plain `kustomize build`, and checks its file and the result.
 * @throws ClusterFaults with all faults of the file; without any, with all faults of the objects
 */
export const renderCluster = async (name: string, root = repository): Promise<Rendered> => {
  const folder = join(root, 'clusters', name);
  const file = `clusters/${name}/kustomization.yaml`;
  if (!existsSync(folder)) {
    throw new ClusterFaults([`${file}: does not exist; ${allowed(name, clusterNames(root))}`]);
  }
  const misplaced = clusterFault(name, root);
  if (misplaced) throw new ClusterFaults([misplaced]);
  const { kustomization, document } = readCluster(readFileSync(join(root, file), 'utf8'), file);
  const here = ({ at, sentence }: Fault): string => inWords({ file, line: at && document.lineOf(at), sentence });
  const overlays = overlaysOf(kustomization, name);
  const faults = [
    ...[
      ...layerFaults(kustomization, name, readOverlays(root)),
      ...settingFaults(kustomization, overlays),
      ...selectionFaults(kustomization, workloadNames),
    ].map(here),
    ...ownFileFaults(kustomization, { root, name, document }).map(inWords),
  ];
  if (faults.length > 0) throw new ClusterFaults(faults);

  const yaml = await build(folder, file);
  const objects = parseManifests(yaml);
  const laws = async (): Promise<readonly string[]> => {
    const insecure = podSecurityFindings(objects);
    // Its failure is reported below, and must not end the process before.
    insecure.catch(() => {});
    const unmet =
      kustomization.patches || kustomization.images
        ? targetFaults(kustomization, await withoutOwnChanges(kustomization, name, file, root))
        : [];
    return [
      ...unjoinedFaults(overlays, objects, root).map((fault) => `${file}: ${fault}`),
      ...[...agreementFaults(kustomization, objects, mergeables), ...unmet].map(here),
      ...[...findings(objects, readFence(overlays, root)), ...(await insecure)].map(
        ({ object, sentence }) => `${file}: ${object} ${sentence}`,
      ),
    ];
  };
  const broken = await laws().catch((error: unknown) => (error instanceof ClusterFaults ? error.faults : [error]));
  if (broken.length === 0) return { yaml, objects };
  // The laws take objects to have the shape that Kubernetes gives them. One that has another is the first fault.
  const misshapen = await shapesOf(yaml);
  if (misshapen.length > 0) throw new ClusterFaults(misshapen.map((fault) => `${file}: ${fault}`));
  throw broken.every((fault) => typeof fault === 'string') ? new ClusterFaults(broken) : broken[0];
};
