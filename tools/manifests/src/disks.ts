/** The disks that are there because of an object. */
import { at, kindOf, type Manifest } from './manifest.ts';
import { operatorKindOf, operatorPodsOf } from './pods.ts';

/** One disk, of which each pod has its own. */
export interface Disk {
  /** Where in the object it is, for a sentence; empty where the object is the disk. */
  readonly where: string;
  /** Tells it apart from others of the same list. */
  readonly id: string;
  /** A quantity; absent where the object does not say it. */
  readonly size: unknown;
  /** What else the object says of it. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** How many there are. */
  readonly copies: number;
}

type Fields = Disk['fields'];

/** A claim, or the disks of what an operator runs. */
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
