/** Digests of custom kinds' schemas, recorded when the command made them from their definitions. */
import { createHash } from 'node:crypto';
import { isCustom, withoutMetadata, type Schemas } from './sources.ts';
import { stable } from './schema.ts';

/** SHA-256, in hexadecimal digits, by the schema's file name. */
export type Digests = Readonly<Record<string, string>>;

/**
 * A digest of each custom kind's schema without Kubernetes' own metadata, because that part changes with the version of
 * Kubernetes.
 */
export const digestsOf = (schemas: Schemas): Digests =>
  Object.fromEntries(
    Object.entries(schemas)
      .filter(([, schema]) => isCustom(schema))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, schema]) => [
        file,
        createHash('sha256')
          .update(JSON.stringify(stable(withoutMetadata(schema))))
          .digest('hex'),
      ]),
  );

/** A sentence for each schema that is edited or missing, or that has no digest. */
export const deviations = (recorded: Digests, found: Digests): readonly string[] =>
  [...new Set([...Object.keys(recorded), ...Object.keys(found)])]
    .sort()
    .filter((file) => recorded[file] !== found[file])
    .map((file) => {
      const what = !found[file] ? 'missing' : !recorded[file] ? 'comes from no definition' : 'edited';
      return `tools/schemas/json/${file}: ${what}; restore it, or run npm run schemas -- --crds <folder of definitions>`;
    });
