/** Builds small manifests, so that a test writes only the fields that it checks. */
import type { Manifest } from '../../manifests/src/manifest.ts';
import { refusedChanges } from '../src/refused.ts';

/** Fields of an object other than its kind and name. */
export type Fields = Readonly<Record<string, unknown>> & { readonly annotations?: Readonly<Record<string, string>> };

/** Makes an object of a type such as `apps/v1 StatefulSet`. */
export const object = (type: string, { annotations, ...fields }: Fields = {}): Manifest => {
  const [apiVersion = '', kind = ''] = type.split(' ');
  return { apiVersion, kind, metadata: { name: 'x', ...(annotations ? { annotations } : {}) }, ...fields };
};

/** The sentences about one object that changes. */
export const changing = (type: string, before: Fields, after: Fields): readonly string[] =>
  refusedChanges([object(type, before)], [object(type, after)]).map(({ sentence }) => sentence);

/** The sentences about a change within `spec`. */
export const changingSpec = (type: string, before: object, after: object): readonly string[] =>
  changing(type, { spec: before }, { spec: after });

/** The sentences about an object that disappears. */
export const losing = (type: string, fields: Fields = {}): readonly string[] =>
  refusedChanges([object(type, fields)], []).map(({ sentence }) => sentence);
