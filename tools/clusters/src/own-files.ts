/** The files of a cluster's own folder: objects, patches and files of ConfigMaps, each inside the folder. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { largestConfigMap } from '../../laws/src/limits.ts';
import { operations, shapeFaults } from './description.ts';
import { shown, type Fault, type Path, type PlacedFault } from './fault.ts';
import type { ClusterKustomization, ClusterPatch } from './kustomization.ts';
import { layers } from './layers.ts';
import { readYaml, type ReadDocument } from './yaml.ts';

/** A cluster's folder, and its kustomization.yaml as it was read. */
export interface OwnFolder {
  /** The repository's root. */
  readonly root: string;
  /** The cluster's name. */
  readonly name: string;
  readonly document: ReadDocument;
}

/** The check of the layers names the known ones. */
const isStack = (reference: string): boolean =>
  layers.some(({ list, folder }) => list === 'resources' && reference.startsWith(`../../overlays/${folder}/`));

const isOverlay = (reference: string): boolean => reference.startsWith('../');

/** Annotations by which an object instructs Kustomize instead of the cluster. */
const instructs = /^((internal\.)?config\.kubernetes\.io|kustomize\.config\.k8s\.io|config\.k8s\.io)\//;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** What is wrong with one document of a resource. */
const objectFaults = (value: unknown): readonly Fault[] => {
  // Comments alone.
  if (value === null) return [];
  if (!isMapping(value)) return [{ at: [], sentence: `has ${shown(value)}; it must be an object of Kubernetes` }];
  const { apiVersion, kind, metadata } = value;
  const absent = Object.entries({ apiVersion, kind }).filter(([, field]) => !isName(field));
  if (absent.length > 0)
    return absent.map(([key, field]) => ({
      at: field === undefined ? [] : [key],
      sentence:
        field === undefined
          ? `has an object without ${key}; every object has one`
          : `has an object whose ${key} is ${shown(field)}; it must be a string`,
    }));
  if (String(apiVersion).startsWith('kustomize.config.k8s.io/') || kind === 'Kustomization' || kind === 'Component')
    return [
      {
        at: ['kind'],
        sentence: `is a ${String(kind)}; a cluster’s files are objects, and only its own kustomization.yaml lists them`,
      },
    ];
  if (Array.isArray(value['items']) && String(kind).endsWith('List'))
    return [{ at: ['kind'], sentence: `is a ${String(kind)}; write each object as a document of its own, after ---` }];
  if (!isMapping(metadata) || !isName(metadata['name']))
    return [
      { at: metadata === undefined ? [] : ['metadata'], sentence: `has a ${String(kind)} without metadata.name` },
    ];
  const { annotations } = metadata;
  if (annotations !== undefined && !isMapping(annotations))
    return [{ at: ['metadata', 'annotations'], sentence: 'has annotations that are no mapping' }];
  return Object.keys(annotations ?? {})
    .filter((key) => instructs.test(key))
    .map((key) => ({
      at: ['metadata', 'annotations', key],
      sentence: `has the annotation ${key}, which instructs Kustomize; remove it`,
    }));
};

/** Fields that say which object it is. */
const identifying = /^\/?(apiVersion|kind|metadata(\/(name|namespace|generateName))?)?$/;

/** What operations do to fields that no patch may change. */
const operationFaults = (value: readonly unknown[]): readonly Fault[] =>
  value.flatMap((operation, index): readonly Fault[] => {
    const { path } = operation as { readonly path: string };
    if (identifying.test(path))
      return [
        {
          at: [index, 'path'],
          sentence: `patches ${path || 'a whole object'}; a patch may not change which object it is`,
        },
      ];
    // Kustomize notes there where an object comes from, and fails without its notes.
    if (path === '/metadata/annotations')
      return [
        { at: [index, 'path'], sentence: `patches ${path}; patch one annotation, such as ${path}/example.com~1owner` },
      ];
    return [];
  });

/** The same for a part of an object. */
const partFaults = ({ metadata }: Readonly<Record<string, unknown>>): readonly Fault[] =>
  isMapping(metadata) && 'annotations' in metadata && !isMapping(metadata['annotations'])
    ? [
        {
          at: ['metadata', 'annotations'],
          sentence: `patches all annotations to ${shown(metadata['annotations'])}; name the annotations that change`,
        },
      ]
    : [];

/** What is wrong with the content of a patch. */
const contentFaults = (value: unknown, { target }: ClusterPatch): readonly Fault[] => {
  if (Array.isArray(value)) {
    const shapes = shapeFaults(operations, value, 'operations');
    return [
      ...(target
        ? []
        : [{ at: [], sentence: 'has operations without a target; add target with the kind and the name' }]),
      ...(shapes.length > 0 ? shapes : operationFaults(value)),
    ];
  }
  if (isMapping(value)) return partFaults(value);
  return [
    { at: [], sentence: `has a patch that is ${shown(value)}; it must be a list of operations or a part of an object` },
  ];
};

type Placed = readonly PlacedFault[];

/** The faults of a text: of its YAML, or of each document. */
const faultsOfText = (text: string, file: string, check: (value: unknown) => readonly Fault[], offset = 0): Placed => {
  const { documents, faults } = readYaml(text);
  return [
    ...faults.map(({ line, sentence }) => ({ file, line: line + offset, sentence })),
    ...documents.flatMap(({ value, lineOf }) =>
      check(value).map(({ at = [], sentence }) => ({ file, line: lineOf(at) + offset, sentence })),
    ),
  ];
};

/**
 * What is wrong with the files that a cluster's kustomization.yaml names. The file's shape must be right.
 */
export const ownFileFaults = (kustomization: ClusterKustomization, { root, name, document }: OwnFolder): Placed => {
  const { resources = [], configMapGenerator = [], patches = [] } = kustomization;
  const folder = posix.join('clusters', name);
  const file = posix.join(folder, 'kustomization.yaml');
  const here = (at: Path, sentence: string): PlacedFault => ({ file, line: document.lineOf(at), sentence });
  const isFile = (path: string): boolean => {
    const whole = join(root, folder, path);
    return existsSync(whole) && statSync(whole).isFile();
  };
  const missing = (path: string, at: Path): Placed =>
    isFile(path) ? [] : [here(at, `names ${path}, which is no file of ${folder}`)];
  const read = (path: string): string => readFileSync(join(root, folder, path), 'utf8');

  const resourceFaults = resources.flatMap((path, index): Placed => {
    const at = ['resources', index];
    if (isOverlay(path))
      return isStack(path) || existsSync(join(root, folder, path, 'kustomization.yaml'))
        ? []
        : [here(at, `names ${path}, which does not exist`)];
    if (posix.normalize(path) === 'kustomization.yaml') return [here(at, 'names itself')];
    return isFile(path) ? faultsOfText(read(path), posix.join(folder, path), objectFaults) : missing(path, at);
  });
  const patchFaults = patches.flatMap((entry, index): Placed => {
    const { path, patch } = entry;
    const check = (value: unknown) => contentFaults(value, entry);
    if (patch !== undefined)
      return faultsOfText(patch, file, check, document.firstLineOf(['patches', index, 'patch']) - 1);
    if (path === undefined) return [];
    return isFile(path)
      ? faultsOfText(read(path), posix.join(folder, path), check)
      : missing(path, ['patches', index, 'path']);
  });
  const mapFaults = configMapGenerator.flatMap(({ name: map = '', literals = [], files = [] }, index): Placed => {
    const at = ['configMapGenerator', index];
    const paths = files.map((entry) => entry.replace(/^[^=]*=/, ''));
    const absent = paths.flatMap((path, place) => missing(path, [...at, 'files', place]));
    if (absent.length > 0) return absent;
    const bytes =
      literals.reduce((sum, literal) => sum + Buffer.byteLength(literal.replace(/^[^=]*=/, '')), 0) +
      paths.reduce((sum, path) => sum + statSync(join(root, folder, path)).size, 0);
    return bytes > largestConfigMap
      ? [here(at, `gives the ConfigMap ${map} ${bytes} bytes; Kubernetes accepts ${largestConfigMap}`)]
      : [];
  });
  return [...resourceFaults, ...mapFaults, ...patchFaults];
};
