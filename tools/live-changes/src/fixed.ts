/** Immutable fields: Kubernetes refuses to change them in an existing object. */
import { at, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { changes, differences, same } from './fields.ts';
import { syncOptions, type Pair, type Rule } from './rule.ts';

interface Fixed {
  readonly in: 'spec' | 'object';
  readonly fields: readonly string[] | { readonly allBut: readonly string[] };
  /** The value of an absent field, if Kubernetes defaults it. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Fields that this particular change may touch. */
  readonly except?: (pair: Pair) => readonly string[];
  /** Why Kubernetes refuses the change, and what to do instead. */
  readonly because: string;
  /** Whether replacing the object would lose data. */
  readonly holdsData?: boolean;
}

const workload: Fixed = {
  in: 'spec',
  fields: ['selector'],
  because: 'Kubernetes does not change the selector of a workload: restore it, or give the workload a new name',
};

const binding: Fixed = {
  in: 'object',
  fields: ['roleRef'],
  because: 'Kubernetes does not change the role of a binding: restore it, or give the binding a new name',
};

/**
 * The update validations of Kubernetes 1.34, `pkg/apis/<group>/validation/validation.go`; the comments name their
 * functions. A render does not show an object's state, so the rules assume that it is in use: that a Job has started
 * and a claim is bound.
 */
const fixedFields: Readonly<Record<string, Fixed>> = {
  // ValidateStatefulSetUpdate: "updates to statefulset spec for fields other than …"
  'StatefulSet.apps': {
    in: 'spec',
    fields: {
      allBut: [
        'replicas',
        'template',
        'updateStrategy',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
        'ordinals',
        'revisionHistoryLimit',
      ],
    },
    defaults: { podManagementPolicy: 'OrderedReady' },
    because:
      'Kubernetes does not change this field of a StatefulSet: restore it, or move the data to a StatefulSet of another name',
  },
  // deploymentStrategy.ValidateUpdate (pkg/registry/apps), ValidateDaemonSetUpdate, rsStrategy.ValidateUpdate
  'Deployment.apps': workload,
  'DaemonSet.apps': workload,
  'ReplicaSet.apps': workload,
  // ValidateJobSpecUpdate; completions may follow parallelism in an Indexed Job (validateCompletions)
  'Job.batch': {
    in: 'spec',
    fields: [
      'template',
      'selector',
      'completionMode',
      'completions',
      'podFailurePolicy',
      'successPolicy',
      'backoffLimitPerIndex',
      'managedBy',
    ],
    defaults: { completionMode: 'NonIndexed' },
    except: ({ after: { spec } }) =>
      at(spec, 'completionMode') === 'Indexed' && at(spec, 'completions') === at(spec, 'parallelism')
        ? ['completions']
        : [],
    because:
      'Kubernetes does not change this field of a Job: make the Job an Argo CD hook with argocd.argoproj.io/hook-delete-policy: BeforeHookCreation',
  },
  // ValidatePersistentVolumeClaimUpdate: "spec is immutable after creation except resources.requests and …"
  PersistentVolumeClaim: {
    in: 'spec',
    fields: { allBut: ['resources', 'volumeAttributesClassName'] },
    defaults: { volumeMode: 'Filesystem' },
    because:
      'Kubernetes does not change this field of a claim: restore it, or copy the data to a claim of another name',
    holdsData: true,
  },
  // ValidatePersistentVolumeUpdate: the source and volumeMode, and nodeAffinity once it is set
  PersistentVolume: {
    in: 'spec',
    fields: {
      allBut: [
        'capacity',
        'accessModes',
        'claimRef',
        'persistentVolumeReclaimPolicy',
        'storageClassName',
        'mountOptions',
        'volumeAttributesClassName',
      ],
    },
    defaults: { volumeMode: 'Filesystem' },
    except: ({ before }) => (at(before.spec, 'nodeAffinity') === undefined ? ['nodeAffinity'] : []),
    because: 'Kubernetes does not change this field of a volume: restore it, or add a volume of another name',
    holdsData: true,
  },
  // ValidateStorageClassUpdate
  'StorageClass.storage.k8s.io': {
    in: 'object',
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    defaults: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    because: 'Kubernetes does not change this field of a StorageClass: restore it, or add a class of another name',
  },
  // ValidateRoleBindingUpdate. Argo CD replaces such a binding itself, but not with server-side apply.
  'RoleBinding.rbac.authorization.k8s.io': binding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': binding,
  // ValidateSecretUpdate
  Secret: {
    in: 'object',
    fields: ['type'],
    defaults: { type: 'Opaque' },
    because: 'Kubernetes does not change the type of a Secret: restore it, or give the Secret a new name',
  },
  // ValidatePriorityClassUpdate
  'PriorityClass.scheduling.k8s.io': {
    in: 'object',
    fields: ['value', 'preemptionPolicy'],
    defaults: { preemptionPolicy: 'PreemptLowerPriority' },
    because: 'Kubernetes does not change this field of a PriorityClass: restore it, or add a class of another name',
  },
};

/**
 * Whether Argo CD deletes and recreates the object. `Replace=true` alone is a PUT, which Kubernetes refuses as well.
 */
const recreated = (object: Manifest): boolean =>
  object.metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined ||
  ['Replace=true', 'Force=true'].every((option) => syncOptions(object).includes(option));

/** A claim template with the defaults that either side may leave out. */
const claimTemplate = (template: unknown): unknown => {
  const { apiVersion: _version, kind: _kind, status: _status, ...rest } = template as Readonly<Record<string, unknown>>;
  return { ...rest, spec: { volumeMode: 'Filesystem', ...(at(rest, 'spec') as object | undefined) } };
};

const fieldOf = ({ in: place, defaults = {} }: Fixed, object: Manifest, field: string): unknown => {
  const value = at(place === 'spec' ? object.spec : object, field) ?? defaults[field];
  return field === 'volumeClaimTemplates' && Array.isArray(value) ? value.map(claimTemplate) : value;
};

const fieldNames = ({ fields, in: place }: Fixed, { before, after }: Pair): readonly string[] => {
  if (!('allBut' in fields)) return fields;
  const all = [before, after].flatMap((object) => Object.keys((place === 'spec' ? object.spec : object) ?? {}));
  return [...new Set(all)].filter((field) => !fields.allBut.includes(field));
};

/** Refuses changes of immutable fields. */
export const fixed: Rule = (pair) => {
  const rule = fixedFields[kindOf(pair.after)];
  if (!rule || (!rule.holdsData && recreated(pair.after))) return [];
  const except = rule.except?.(pair) ?? [];
  return fieldNames(rule, pair)
    .filter((field) => !except.includes(field))
    .flatMap((field) => {
      const [from, to] = [fieldOf(rule, pair.before, field), fieldOf(rule, pair.after, field)];
      if (same(from, to, field)) return [];
      const path = rule.in === 'spec' ? `spec.${field}` : field;
      return [`${changes(differences(from, to, path, field))}; ${rule.because}`];
    });
};
