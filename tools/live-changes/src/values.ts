/** Changes that depend on a value: addresses of Services, immutable data, labels that a selector needs. */
import { at, kindOf, podKindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { change, differences, same } from './fields.ts';
import type { Rule } from './rule.ts';

const typeOf = ({ spec }: Manifest): unknown => at(spec, 'type') ?? 'ClusterIP';

/**
 * ValidateServiceUpdate: "may not change once set". A Service always has an address, even if the manifest names none.
 * The API server accepts a manifest that drops `None`, but keeps the old address (patchAllocatedValues).
 */
const service: Rule = ({ before, after }) => {
  if ([before, after].some((object) => typeOf(object) === 'ExternalName')) return [];
  const [from, to] = [at(before.spec, 'clusterIP') ?? '', at(after.spec, 'clusterIP') ?? ''];
  const old = from === '' ? 'the address that the cluster chose' : String(from);
  const address =
    to !== '' && from !== to
      ? [
          `changes spec.clusterIP from ${old} to ${String(to)}; Kubernetes does not change the address of a Service: restore it, or give the Service a new name`,
        ]
      : [];
  const families = [at(before.spec, 'ipFamilies', 0), at(after.spec, 'ipFamilies', 0)] as const;
  const family = families.includes(undefined) ? [] : differences(...families, 'spec.ipFamilies.0');
  const bothBalance = typeOf(before) === 'LoadBalancer' && typeOf(after) === 'LoadBalancer';
  const [oldClass, newClass] = [at(before.spec, 'loadBalancerClass'), at(after.spec, 'loadBalancerClass')];
  const balancer = bothBalance ? differences(oldClass, newClass, 'spec.loadBalancerClass') : [];
  return [
    ...address,
    ...[...family, ...balancer].map(
      (difference) =>
        `${change(difference)}; Kubernetes does not change this field of a Service: restore it, or give the Service a new name`,
    ),
  ];
};

/**
 * ValidateConfigMapUpdate, ValidateSecretUpdate. The sentences name keys but no values, because values may be secret.
 */
const settings: Rule = ({ before, after }) => {
  if (at(before, 'immutable') !== true) return [];
  const changed = ['data', 'binaryData', 'stringData'].filter((field) => !same(at(before, field), at(after, field)));
  const keys = changed.flatMap((field) =>
    differences(at(before, field) ?? {}, at(after, field) ?? {}, field).map(({ path }) => path),
  );
  return [
    ...(keys.length > 0
      ? [`changes ${keys.join(', ')} although it is immutable: give it a new name, as the hash of a generator does`]
      : []),
    ...(at(after, 'immutable') === true
      ? []
      : ['changes immutable from true to false; Kubernetes does not allow this: restore it, or give it a new name']),
  ];
};

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly (string | undefined)[];
}

type Labels = Readonly<Record<string, string>>;

const meets = (labels: Labels, { key, operator, values = [] }: Requirement): boolean => {
  const value = labels[key];
  switch (operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return values.includes(value);
    default:
      return !values.includes(value);
  }
};

/** ValidatePodTemplateSpecFor…: "`selector` does not match template `labels`". */
const template: Rule = ({ after }) => {
  const { spec } = after;
  const labels = (at(after, ...(podKindOf(after)?.template ?? []), 'metadata', 'labels') ?? {}) as Labels;
  const exact = (at(spec, 'selector', 'matchLabels') ?? {}) as Labels;
  const expressions = (at(spec, 'selector', 'matchExpressions') ?? []) as readonly Requirement[];
  const wanted = [
    ...Object.entries(exact).map(([key, value]): Requirement => ({ key, operator: 'In', values: [value] })),
    ...expressions,
  ].filter((requirement) => !meets(labels, requirement));
  return wanted.map(
    ({ key, operator, values }) =>
      `has pods whose label ${key} is ${labels[key] ?? 'absent'}, but selects ${[key, operator, ...(values ?? [])].join(' ')}; the template must match the selector: restore the label`,
  );
};

const byValue: Readonly<Record<string, Rule>> = {
  Service: service,
  ConfigMap: settings,
  Secret: settings,
};

/** Refuses a change of a value that was given once. */
export const values: Rule = (pair, keepSize) => {
  const { pods = 'end' } = podKindOf(pair.after) ?? {};
  const rule = pods === 'end' ? byValue[kindOf(pair.after)] : template;
  return rule?.(pair, keepSize) ?? [];
};
