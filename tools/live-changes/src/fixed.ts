/** Fields that an object keeps for as long as it lives. */
import { at, kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { changes, differences, same } from './fields.ts';
import { syncOptions, type Pair, type Rule } from './rule.ts';

interface Fixed {
  readonly in: 'spec' | 'object';
  readonly fields: readonly string[] | { readonly allBut: readonly string[] };
  /** What an absent field means, where leaving it out and writing it is the same. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Fields that this change may touch although others may not. */
  readonly except?: (pair: Pair) => readonly string[];
  /** Why it is refused, and what to do. */
  readonly because: string;
  /** Replacing the object would lose what it holds. */
  readonly holdsData?: boolean;
}

const workload: Fixed = {
  in: 'spec',
  fields: ['selector'],
  because: 'the selector of a live workload cannot change: leave it as it was, or give the workload a new name',
};

const binding: Fixed = {
  in: 'object',
  fields: ['roleRef'],
  because: 'a binding keeps its role: leave it as it was, or give the binding a new name',
};

/**
 * The update validations of Kubernetes 1.34, `pkg/apis/<group>/validation/validation.go`; the comments name their
 * functions. Fields that only a live object has (a Job that never started, a claim that is not bound yet) are taken as
 * those of an object in use.
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
    because: 'a StatefulSet keeps it for life: leave it as it was, or move the data to a StatefulSet of another name',
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
      'a Job cannot change: make it an Argo CD hook with argocd.argoproj.io/hook-delete-policy: BeforeHookCreation',
  },
  // ValidatePersistentVolumeClaimUpdate: "spec is immutable after creation except resources.requests and …"
  PersistentVolumeClaim: {
    in: 'spec',
    fields: { allBut: ['resources', 'volumeAttributesClassName'] },
    defaults: { volumeMode: 'Filesystem' },
    because: 'a claim keeps it for life: leave it as it was, or copy the data to a claim of another name',
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
    because: 'a volume keeps it for life: leave it as it was, or add a volume of another name',
    holdsData: true,
  },
  // ValidateStorageClassUpdate
  'StorageClass.storage.k8s.io': {
    in: 'object',
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    defaults: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    because: 'a StorageClass cannot change it: leave it as it was, or add a class of another name',
  },
  // ValidateRoleBindingUpdate. Argo CD replaces such a binding itself, but not where it applies on the server's side.
  'RoleBinding.rbac.authorization.k8s.io': binding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': binding,
  // ValidateSecretUpdate
  Secret: {
    in: 'object',
    fields: ['type'],
    defaults: { type: 'Opaque' },
    because: 'a Secret keeps its type: leave it as it was, or give the Secret a new name',
  },
  // ValidatePriorityClassUpdate
  'PriorityClass.scheduling.k8s.io': {
    in: 'object',
    fields: ['value', 'preemptionPolicy'],
    defaults: { preemptionPolicy: 'PreemptLowerPriority' },
    because: 'a PriorityClass cannot change it: leave it as it was, or add a class of another name',
  },
};

/** Argo CD deletes these before it makes them anew; `Replace=true` alone is a plain PUT, which is refused as well. */
const madeAnew = (object: Manifest): boolean =>
  object.metadata.annotations?.['argocd.argoproj.io/hook'] !== undefined ||
  ['Replace=true', 'Force=true'].every((option) => syncOptions(object).includes(option));

/** Both sides write the defaults of a claim template only if they care to. */
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

/** Refuses a change of what its kind cannot change. */
export const fixed: Rule = (pair) => {
  const rule = fixedFields[kindOf(pair.after)];
  if (!rule || (!rule.holdsData && madeAnew(pair.after))) return [];
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
