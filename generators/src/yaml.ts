import { dump } from 'js-yaml';
import type { KubernetesObject } from '@cost-onprem/kit';

/** YAML with a stable layout: no anchors, no folding, keys in the order of the declaration. */
export const toYaml = (value: unknown): string => dump(value, { lineWidth: -1, noRefs: true });

/** The first line of every generated file: its source, and a warning that edits are lost. */
export const banner = (source: string): string => `# Written from ${source} by \`npm run generate\`; edits are lost.\n`;

/**
 * Several objects as one YAML text.
 * @throws Error naming the object, if its schema refuses it
 */
export const documents = (objects: readonly KubernetesObject[]): string =>
  objects
    .map((object) => {
      try {
        object.validate();
      } catch (error) {
        const { kind, metadata } = object.toJSON() as { kind?: string; metadata?: { name?: string } };
        throw new Error(`${kind} ${metadata?.name}: ${(error as Error).message}`, { cause: error });
      }
      return toYaml(object.toJSON());
    })
    .join('---\n');
