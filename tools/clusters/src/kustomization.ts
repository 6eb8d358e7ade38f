import { load } from 'js-yaml';

/** A kustomization.yaml, with the fields that the checks read. A cluster's has the shape that description.ts states. */
export interface ClusterKustomization {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly {
    readonly name?: string;
    readonly behavior?: string;
    readonly literals?: readonly string[];
    readonly files?: readonly string[];
    readonly options?: { readonly disableNameSuffixHash: boolean; readonly labels: Readonly<Record<string, string>> };
  }[];
  readonly patches?: readonly ClusterPatch[];
  readonly images?: readonly { readonly name?: string }[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
}

/** One patch and its target. */
export interface ClusterPatch {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: Target;
}

/** Kustomize's selector: each part a regular expression for the whole text, or a label selector. */
export interface Target {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

/**
 * Reads a kustomization of the repository itself, whose shape Kustomize alone checks.
 * @throws Error with the position, for invalid YAML or a document that is not a mapping
 */
export const parseKustomization = (text: string): ClusterKustomization => {
  const parsed = (() => {
    try {
      return load(text);
    } catch (error) {
      const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } };
      const place = mark ? ` in line ${mark.line + 1}, column ${mark.column + 1}` : '';
      throw new Error(`does not parse as YAML${place}: ${reason ?? (error as Error).message}`, { cause: error });
    }
  })();
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('is not a kustomization: it must be a mapping with kind: Kustomization');
  }
  return parsed;
};
