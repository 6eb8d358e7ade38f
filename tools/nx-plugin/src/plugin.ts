/**
 * The Nx plugin of this repository. It derives projects, targets and dependencies from the folders and from the
 * references in their files, so that no folder needs a project.json.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  createNodesFromFiles,
  DependencyType,
  type CreateDependencies,
  type CreateNodes,
  type ProjectConfiguration,
  type RawProjectGraphDependency,
  type TargetConfiguration,
} from '@nx/devkit';
import { checkFolders } from '../../repository/src/clusters.ts';
import { markers, placeOf, type Place } from '../../repository/src/places.ts';
import { importReferences, kustomizeReferences } from './references.ts';
import {
  argoCdTargets,
  clusterTargets,
  generatorsTargets,
  libraryTargets,
  otherTestTargets,
  manifestInputs,
  stageTestTarget,
  testTarget,
  workspaceTargets,
} from './targets.ts';

/** Projects that generate or check this one: Nx treats a change in them as a change of it. */
const madeBy = ({ kind, root }: Place): readonly string[] => {
  if (kind === 'cluster' || root === 'overlays/argo-cd') return ['tools-clusters'];
  if (root.startsWith('overlays/profiles') || root.startsWith('overlays/storage')) return ['@cost-onprem/profiles'];
  return [];
};

const hasTests = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.test.ts'));

const targetsOf = (place: Place, workspaceRoot: string): Readonly<Record<string, TargetConfiguration>> => {
  const folder = join(workspaceRoot, place.root);
  const test = {
    ...(hasTests(join(folder, 'test')) && { test: testTarget(place) }),
    ...otherTestTargets(place, (name) => hasTests(join(folder, name))),
    ...(hasTests(join(folder, 'stage-test')) && { 'stage-test': stageTestTarget() }),
  };
  switch (place.kind) {
    case 'library':
      return { ...libraryTargets(basename(place.root)), ...test };
    case 'cluster':
      return clusterTargets(place.name);
    case 'generators':
      return { ...generatorsTargets(), ...test };
    case 'workspace':
      return workspaceTargets();
    case 'overlay':
      return place.name === 'argo-cd' ? { ...argoCdTargets(), ...test } : test;
    default:
      return test;
  }
};

export const createNodes: CreateNodes = [
  markers,
  (files, options, context) => {
    checkFolders(context.workspaceRoot);
    return createNodesFromFiles(
      (file) => {
        const place = placeOf(file);
        const project: ProjectConfiguration = {
          name: place.name,
          root: place.root,
          targets: targetsOf(place, context.workspaceRoot),
          implicitDependencies: [...madeBy(place)],
          ...((place.kind === 'cluster' || place.kind === 'overlay') && { namedInputs: manifestInputs }),
          tags: [`kind:${place.kind}`],
        };
        return { projects: { [place.root]: project } };
      },
      files,
      options,
      context,
    );
  },
];

const referencesOf = (file: string, workspaceRoot: string): readonly string[] => {
  const text = () => readFileSync(join(workspaceRoot, file), 'utf8');
  if (/\/(kustomization\.ya?ml|Kustomization)$/.test(file)) return kustomizeReferences(file, text());
  if (file.endsWith('.ts')) return importReferences(file, text());
  return [];
};

export const createDependencies: CreateDependencies = (_options, { projects, filesToProcess, workspaceRoot }) => {
  const changed = Object.entries(filesToProcess.projectFileMap);
  return changed.flatMap(([source, files]) =>
    files.flatMap(({ file }) =>
      referencesOf(file, workspaceRoot)
        .map((path) => placeOf(path).name)
        .filter((target) => target !== source && target in projects)
        .map((target): RawProjectGraphDependency => ({
          source,
          target,
          sourceFile: file,
          type: DependencyType.static,
        })),
    ),
  );
};
