/** Finds the paths of the repository that a file refers to. */
import { posix } from 'node:path';
import { load } from 'js-yaml';

const { dirname, join } = posix;

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
}

/**
 * Folders and files that a kustomization.yaml refers to.
 * @returns nothing for a file that does not parse, because its build reports the error with the line
 */
export const kustomizeReferences = (file: string, text: string): readonly string[] => {
  try {
    const { resources = [], components = [] } = (load(text) ?? {}) as Kustomization;
    return [...resources, ...components].map((reference) => join(dirname(file), reference));
  } catch {
    return [];
  }
};

/** Workspace packages and neighbouring files that a TypeScript file imports. */
export const importReferences = (file: string, text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, specifier = '']) => {
    const [, library] = /^@cost-onprem\/([^/]+)/.exec(specifier) ?? [];
    if (library) return [library === 'generators' ? 'generators' : `libs/${library}`];
    return specifier.startsWith('.') ? [join(dirname(file), specifier)] : [];
  });
