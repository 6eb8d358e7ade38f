/** Disks that only grow. */
import { toMebibytes } from '@cost-onprem/kit/quantity';
import { at, type Manifest } from '../../manifests/src/manifest.ts';
import { changes, differences } from './fields.ts';
import { kindOf, type KeepSize, type Rule } from './rule.ts';

const shrinks = (from: unknown, to: unknown): boolean =>
  from !== undefined && to !== undefined && toMebibytes(String(from)) > toMebibytes(String(to));

const shrinking = (what: string, from: unknown, to: unknown, keepSize: KeepSize): readonly string[] =>
  shrinks(from, to)
    ? [`shrinks ${what}from ${String(from)} to ${String(to)}; a claim can only grow: keep ${keepSize(String(from))}`]
    : [];

/**
 * ValidatePersistentVolumeClaimUpdate: "field can not be less than previous value". Growing is left alone: whether the
 * claim's class allows it, only the cluster knows.
 */
const claim: Rule = ({ before, after }, keepSize) => {
  const size = (object: Manifest) => at(object.spec, 'resources', 'requests', 'storage');
  return shrinking('', size(before), size(after), keepSize);
};

/** CloudNativePG's webhook: "can't shrink existing storage", "walStorage cannot be disabled once configured". */
const database: Rule = ({ before, after }, keepSize) => [
  ...['storage', 'walStorage'].flatMap((storage) =>
    shrinking(`spec.${storage} `, at(before.spec, storage, 'size'), at(after.spec, storage, 'size'), keepSize),
  ),
  ...(at(before.spec, 'walStorage') && !at(after.spec, 'walStorage')
    ? ['drops spec.walStorage; a database cannot give up its volume of logs: leave it as it was']
    : []),
];

type Volume = Readonly<Record<string, unknown>>;

const volumesOf = ({ spec }: Manifest): ReadonlyMap<unknown, Volume> => {
  const storage = (at(spec, 'storage') ?? {}) as Volume;
  const volumes = storage['type'] === 'jbod' ? ((storage['volumes'] ?? []) as readonly Volume[]) : [storage];
  return new Map(volumes.map((volume) => [volume['id'] ?? 0, volume]));
};

/**
 * Strimzi takes storage that it cannot make of what there is (StorageDiff: another type or class, a smaller size) for
 * unsaid, and goes on with the old one; a volume with `deleteClaim` goes with its entry.
 */
const brokers: Rule = ({ before, after }, keepSize) => {
  const remaining = volumesOf(after);
  const kept = [...volumesOf(before)].flatMap(([id, volume]) => {
    const next = remaining.get(id);
    const where = `spec.storage, volume ${String(id)},`;
    if (!next) {
      return volume['deleteClaim'] === true
        ? [`drops ${where} and deletes its data; move the partitions away and set deleteClaim: false first`]
        : [];
    }
    const others = ['type', 'class'].flatMap((field) =>
      differences(volume[field], next[field], `spec.storage.${field} of volume ${String(id)}`),
    );
    return [
      ...shrinking(`${where} `, volume['size'], next['size'], keepSize),
      ...(others.length > 0
        ? [`${changes(others)}; Strimzi ignores that: leave it as it was, or add a node pool of another name`]
        : []),
    ];
  });
  const type = differences(at(before.spec, 'storage', 'type'), at(after.spec, 'storage', 'type'), 'spec.storage.type');
  return type.length > 0
    ? [`${changes(type)}; Strimzi ignores that: leave it as it was, or add a node pool of another name`]
    : kept;
};

const bySize: Readonly<Record<string, Rule>> = {
  PersistentVolumeClaim: claim,
  'Cluster.postgresql.cnpg.io': database,
  'KafkaNodePool.kafka.strimzi.io': brokers,
};

/** Refuses disks that shrink, and storage that its operator would not follow. */
export const sizes: Rule = (pair, keepSize) => bySize[kindOf(pair.after)]?.(pair, keepSize) ?? [];
