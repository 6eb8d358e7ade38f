/** A cluster's own patches and images must match an object, because Kustomize silently skips those that match none. */
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { containersOf, podTemplateOf } from '../../manifests/src/manifest.ts';
import type { Fault } from './fault.ts';
import type { ClusterKustomization, Target } from './kustomization.ts';
import { allowed } from '../../repository/src/suggest.ts';

const whole = (pattern: string | undefined, value: string): boolean =>
  pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value);

type Labels = Readonly<Record<string, string>>;

const setBased = /^(\S+)\s+(in|notin)\s+\((.*)\)$/;
const equality = /^([^\s=!]+)\s*(==?|!=)\s*(.*)$/;

/** One requirement of a selector: `a=b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a`, `!a`. */
const meets = (part: string, labels: Labels): boolean => {
  const [, member = '', membership, list = ''] = setBased.exec(part) ?? [];
  if (membership) {
    const listed = list.split(',').map((value) => value.trim());
    const isIn = labels[member] !== undefined && listed.includes(labels[member]);
    return membership === 'in' ? isIn : !isIn;
  }
  const [, key = part, operator, value] = equality.exec(part) ?? [];
  if (operator === undefined) return key.startsWith('!') ? !(key.slice(1).trim() in labels) : key in labels;
  return operator === '!=' ? labels[key] !== value : labels[key] === value;
};

/** Commas between requirements, but not within the parentheses of a set. */
const selects = (selector: string | undefined, labels: Labels = {}): boolean =>
  (selector ?? '')
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .every((part) => meets(part, labels));

/** A generated name ends in a hash, which targets omit. */
const named = (pattern: string | undefined, name: string): boolean =>
  whole(pattern, name) || whole(pattern, withoutHash(name));

/** Whether Kustomize would apply a patch with this target to an object. */
export const matches = (target: Target, { apiVersion, kind, metadata }: Manifest): boolean => {
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return (
    whole(target.group, group) &&
    whole(target.version, version) &&
    whole(target.kind, kind) &&
    named(target.name, metadata.name) &&
    selects(target.labelSelector, metadata.labels) &&
    selects(target.annotationSelector, metadata.annotations)
  );
};

const words = (target: Target): string =>
  Object.entries(target)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ');

/**
 * Every patch and image entry that matches nothing.
 * @param objects of the cluster's render without its own patches and images
 */
export const targetFaults = (
  { patches = [], images = [] }: ClusterKustomization,
  objects: readonly Manifest[],
): readonly Fault[] => {
  const used = new Set(
    objects.flatMap((object) =>
      containersOf(podTemplateOf(object)?.spec ?? {}).map(({ image = '' }) =>
        image.replace(/(@sha256:.*|:[^/:]+)$/, ''),
      ),
    ),
  );
  return [
    ...patches.flatMap(({ target }, index) =>
      target && !objects.some((object) => matches(target, object))
        ? [
            {
              at: ['patches', index, 'target'],
              sentence: `patches ${words(target)}, which matches no object of this cluster`,
            },
          ]
        : [],
    ),
    ...images.flatMap(({ name = '' }, index) =>
      used.has(name)
        ? []
        : [
            {
              at: ['images', index],
              sentence: `replaces the image ${name}, which no container uses; there are ${[...used].sort().join(', ')}`,
            },
          ],
    ),
  ];
};

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
};

/** What is wrong with the words of patches' targets and of replicas, whatever the objects are. */
export const selectionFaults = (
  { patches = [], replicas = [] }: ClusterKustomization,
  workloads: readonly string[],
): readonly Fault[] => [
  ...patches.flatMap(({ target = {} }, index) =>
    Object.entries(target).flatMap(([key, value]) =>
      key.endsWith('Selector') || isPattern(value)
        ? []
        : [
            {
              at: ['patches', index, 'target', key],
              sentence: `patches ${key} ${value}, which is no regular expression`,
            },
          ],
    ),
  ),
  ...replicas.flatMap(({ name }, index) =>
    workloads.includes(name)
      ? []
      : [
          {
            at: ['replicas', index],
            sentence: `sets the replicas of ${name}, which is no workload; ${allowed(name, workloads)}`,
          },
        ],
  ),
];
