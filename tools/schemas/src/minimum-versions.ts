/** The oldest versions that a cluster, and the cluster of Argo CD, may have. */

/** One program, and the oldest version of it whose schemas accept what this repository applies. */
export interface MinimumVersion {
  readonly program: string;
  readonly version: string;
  /** Where its schemas in tools/schemas/minimum come from. */
  readonly source: string;
  /** The kinds that it brings and that this repository applies. */
  readonly kinds: readonly string[];
  /** Which clusters need it. */
  readonly neededBy: string;
  /** Why no older version will do, or why this one was chosen. */
  readonly why: string;
  /** What no test can show; empty where the schemas show all of it. */
  readonly unproven?: string;
}

/** From what every cluster needs to what a choice needs. */
export const minimumVersions: readonly MinimumVersion[] = [
  {
    program: 'Kubernetes',
    version: '1.30',
    source: 'module k8s.io/kubernetes v1.30.0',
    kinds: [
      'ConfigMap',
      'CronJob',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Ingress',
      'Job',
      'Namespace',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'PodDisruptionBudget',
      'Role',
      'RoleBinding',
      'Secret',
      'Service',
      'ServiceAccount',
      'StatefulSet',
    ],
    neededBy: 'every cluster',
    why: 'It is the first whose kubelet can wait before it stops a container (`preStop.sleep`), which images without a shell need.',
    unproven: 'Only newer versions ran in a rehearsal.',
  },
  {
    program: 'OpenShift',
    version: '4.17',
    source: 'openshift/api, branch release-4.17 (92c55bf0f)',
    kinds: ['Route'],
    neededBy: '`platforms/openshift`',
    why: 'It is the oldest release with Kubernetes 1.30. Red Hat’s maintenance support of 4.16 ended in December 2025.',
    unproven: 'Its admission of pods (security context constraints) and its router did not run here.',
  },
  {
    program: 'Argo CD',
    version: '3.2',
    source: 'module github.com/argoproj/argo-cd/v3 v3.2.0',
    kinds: ['ApplicationSet', 'AppProject'],
    neededBy: 'the cluster where Argo CD runs',
    why: 'Older versions do not have `retry.refresh`, with which a commit that fixes a failed sync needs no manual sync.',
    unproven: 'The rehearsal runs the newest version only.',
  },
  {
    program: 'Prometheus operator',
    version: '0.70',
    source: 'module github.com/prometheus-operator/prometheus-operator v0.70.0',
    kinds: ['PrometheusRule', 'ServiceMonitor'],
    neededBy: 'every cluster without `options/without-monitoring`',
    why: 'OpenShift 4.17 has a newer one.',
  },
  {
    program: 'Strimzi',
    version: '0.49',
    source: 'strimzi/strimzi-kafka-operator, tag 0.49.0',
    kinds: ['Kafka', 'KafkaNodePool', 'KafkaTopic'],
    neededBy: '`kafka/strimzi`',
    why: 'It is the first with `kafka.strimzi.io/v1`.',
    unproven: 'Which versions of Kafka it runs: an operator refuses those that it does not know.',
  },
  {
    program: 'External Secrets',
    version: '0.16',
    source: 'module github.com/external-secrets/external-secrets v0.16.2',
    kinds: ['ExternalSecret'],
    neededBy: '`secrets/external`',
    why: 'It is the first with `external-secrets.io/v1`.',
  },
  {
    program: 'Sealed Secrets',
    version: '0.27',
    source: 'module github.com/bitnami-labs/sealed-secrets v0.27.1',
    kinds: ['SealedSecret'],
    neededBy: '`secrets/sealed`',
    why: 'It is the oldest whose schema was compared.',
    unproven: 'Its controller did not run here.',
  },
  {
    program: 'OpenShift Data Foundation',
    version: '4.17',
    source: 'noobaa/noobaa-operator, tag v5.17.0',
    kinds: ['ObjectBucketClaim'],
    neededBy: '`object-storage/odf`',
    why: 'It goes with OpenShift 4.17.',
    unproven: 'Its bucket class and its certificates did not run here.',
  },
];
