/** Objects with data: Argo CD neither prunes nor deletes them before a person confirms it. */
import { operatorKinds, type OperatorKind } from '@cost-onprem/kit/operator-kinds';
import { kindOf, type Manifest } from './manifest.ts';

/** Kinds whose loss means the loss of data, or of the key to it. */
const holders: ReadonlySet<string> = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'ExternalSecret.external-secrets.io',
  'SealedSecret.bitnami.com',
  ...Object.entries<OperatorKind>(operatorKinds).flatMap(([kind, { holdsData }]) => (holdsData ? kind : [])),
]);

/** Whether an object holds data. */
export const holdsData = (object: Manifest): boolean => holders.has(kindOf(object));
