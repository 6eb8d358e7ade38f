/** Types of rendered Kubernetes objects, with the fields that the tools read. */
import { podKinds, type PodKind } from '@cost-onprem/kit/pod-kinds';
import { loadAll } from 'js-yaml';

/** A container, as rendered. */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: {
      readonly configMapKeyRef?: KeyReference;
      readonly secretKeyRef?: KeyReference;
    };
  }[];
  readonly envFrom?: readonly { readonly configMapRef?: NameReference; readonly secretRef?: NameReference }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string | number>>;
    readonly limits?: Readonly<Record<string, string | number>>;
  };
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly privileged?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  };
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
}

interface NameReference {
  readonly name: string;
  readonly optional?: boolean;
}

interface KeyReference extends NameReference {
  readonly key: string;
}

/** The sources of a projected volume, or of a volume of its own. */
export interface VolumeSource {
  readonly configMap?: { readonly name?: string; readonly optional?: boolean };
  readonly secret?: { readonly secretName?: string; readonly name?: string; readonly optional?: boolean };
}

/** A pod's specification, as rendered. */
export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly shareProcessNamespace?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
  };
  readonly volumes?: readonly (VolumeSource & {
    readonly name: string;
    readonly projected?: { readonly sources?: readonly VolumeSource[] };
    readonly persistentVolumeClaim?: { readonly claimName: string };
    readonly ephemeral?: { readonly volumeClaimTemplate?: { readonly spec?: Readonly<Record<string, unknown>> } };
    readonly hostPath?: unknown;
    readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string | number };
  })[];
}

/** Any rendered object; only functions that know the kind read `spec`. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** `Kind/name`, for messages. */
export const identity = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

/** The API group of an apiVersion; the core group's is empty. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

/** Kind and group as kubectl writes them (`StatefulSet.apps`, `Service`), because groups may have kinds of the same name. */
export const kindOf = ({ apiVersion, kind }: Manifest): string => {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
};

/**
 * The objects of a stream of YAML documents.
 * @throws YAMLException for invalid YAML
 */
export const parseManifests = (yaml: string): readonly Manifest[] =>
  (loadAll(yaml) as readonly (Manifest | null)[]).filter((object) => object !== null);

/** A value deep inside an object, or undefined. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    value,
  );

/** Knowledge about an object with pods; undefined for others. */
export const podKindOf = ({ apiVersion, kind }: Manifest): PodKind | undefined => {
  const known = (podKinds as Readonly<Record<string, PodKind>>)[kind];
  return known && groupOf(apiVersion) === known.group ? known : undefined;
};

/** The pod template of an object that creates pods. */
export const podTemplateOf = (
  object: Manifest,
): { readonly metadata?: Manifest['metadata']; readonly spec: PodSpec } | undefined => {
  const kind = podKindOf(object);
  const template = kind && at(object, ...kind.template);
  return at(template, 'spec', 'containers') ? (template as { spec: PodSpec }) : undefined;
};

/** Init containers and containers of a pod. */
export const containersOf = ({ initContainers = [], containers = [] }: PodSpec): readonly Container[] => [
  ...initContainers,
  ...containers,
];
