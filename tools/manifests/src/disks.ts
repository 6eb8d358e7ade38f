/** The disks that an object causes. */
import { at, kindOf, type Manifest } from './manifest.ts';
import { operatorKindOf, operatorPodsOf } from './pods.ts';

/** One disk of each pod. */
export interface Disk {
  /** Its place in the object, for a sentence; empty where the object is the disk. */
  readonly where: string;
  /** Identifies it among others of the same list. */
  readonly id: string;
  /** A quantity; absent where the object does not set it. */
  readonly size: unknown;
  /** The other settings of the disk. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The number of such disks. */
  readonly copies: number;
}

type Fields = Disk['fields'];

/** A claim, or the disks of an operator's object. */
export const disksOf = (object: Manifest): readonly Disk[] => {
  if (kindOf(object) === 'PersistentVolumeClaim') {
    const size = at(object.spec, 'resources', 'requests', 'storage');
    return [{ where: '', id: '', size, fields: object.spec ?? {}, copies: 1 }];
  }
  const copies = operatorPodsOf(object).reduce((sum, { replicas }) => sum + replicas, 0);
  return (operatorKindOf(object)?.disks ?? []).flatMap(({ at: path, list }): readonly Disk[] => {
    const found = at(object, ...path) as Fields | undefined;
    if (!found) return [];
    const where = path.join('.');
    if (list === undefined) return [{ where, id: '', size: found['size'], fields: found, copies }];
    return ((found[list] as readonly Fields[] | undefined) ?? [found]).map((fields) => {
      const id = String(fields['id'] ?? 0);
      return { where: `${where}, volume ${id},`, id, size: fields['size'], fields, copies };
    });
  });
};
