/** Values, objects and fields with which a cluster could break a tool, leave its namespace, or gain rights. */

/** Values for any field. */
export const nastyValues: readonly unknown[] = [
  ...[
    '',
    ' ',
    '~',
    'null',
    'true',
    '0',
    '-1',
    '1e3',
    '0x10',
    '2026-11-28',
    'a: b',
    '- a',
    '*alias',
    '&anchor x',
    '!!js/function',
  ],
  ...[
    '../..',
    '../../libs/koku/base',
    '../../overlays',
    '/etc/passwd',
    './',
    '.',
    'kustomization.yaml',
    'missing.yaml',
  ],
  ...['https://example.com/x.yaml', 'file:///etc/passwd', 'git@example.com:a/b.git//c?ref=main', 'github.com/a/b'],
  ...['host:9092', '::1', '[::1]:9092', '10.0.0.1', 'db.other.svc', 'db.other.svc.cluster.local', 'localhost'],
  ...[
    'password=hunter2',
    'postgres://user:pass@db/koku',
    '-----BEGIN PRIVATE KEY-----',
    '$(HOME)',
    '${HOME}',
    '`id`',
    ';id',
  ],
  ...['x'.repeat(300), 'x'.repeat(70_000), 'é'.repeat(64), 'a\u0000b', 'line\nbreak', '\t', '\u202e', 'kube-system'],
  ...[0, -1, 1e21, 2 ** 53, true, false, null, [], {}, [[]], [null], { a: null }],
];

type Pair = readonly [path: string, value: unknown];

const ofContainer: readonly Pair[] = [
  ['/securityContext/privileged', true],
  ['/securityContext/allowPrivilegeEscalation', true],
  ['/securityContext/runAsUser', 0],
  ['/securityContext/runAsNonRoot', false],
  ['/securityContext/procMount', 'Unmasked'],
  ['/securityContext/capabilities', { drop: ['ALL'], add: ['NET_BIND_SERVICE'] }],
  ['/securityContext/capabilities', { drop: ['ALL'], add: ['SYS_ADMIN'] }],
  ['/securityContext/capabilities', { drop: ['KILL'] }],
  ['/securityContext/seccompProfile', { type: 'Unconfined' }],
  ['/securityContext/seccompProfile', { type: 'Localhost', localhostProfile: 'x.json' }],
  ['/securityContext/appArmorProfile', { type: 'Unconfined' }],
  ['/securityContext/seLinuxOptions', { type: 'spc_t' }],
  ['/securityContext/windowsOptions', { hostProcess: true }],
  ['/ports', [{ name: 'host', containerPort: 8000, hostPort: 8000 }]],
  ['/image', 'quay.io/example/x:latest'],
  ['/image', 'quay.io/example/x'],
  ['/image', 'quay.io/example/x:stable'],
  ['/env', [{ name: 'PASSWORD', value: 'hunter2' }]],
  ['/env', [{ name: 'DATABASE_URL', value: 'postgres://u:p@db/koku' }]],
  ['/args', ['--password=hunter2']],
  ['/lifecycle', { postStart: { httpGet: { host: '10.0.0.1', port: 80, path: '/' } } }],
  ['/volumeDevices', [{ name: 'x', devicePath: '/dev/sda' }]],
  ['/resources', {}],
  ['/stdin', true],
];

const ofPod: readonly Pair[] = [
  ['/hostNetwork', true],
  ['/hostPID', true],
  ['/hostIPC', true],
  ['/hostUsers', true],
  ['/shareProcessNamespace', true],
  ['/serviceAccountName', 'default'],
  ['/serviceAccountName', 'secrets-generate'],
  ['/automountServiceAccountToken', true],
  ['/securityContext/sysctls', [{ name: 'kernel.msgmax', value: '1' }]],
  ['/securityContext/sysctls', [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]],
  ['/securityContext/seccompProfile', { type: 'Unconfined' }],
  ['/securityContext/runAsUser', 0],
  ['/securityContext/runAsNonRoot', false],
  ['/securityContext/fsGroup', 0],
  ['/securityContext/windowsOptions', { hostProcess: true }],
  ['/volumes', [{ name: 'host', hostPath: { path: '/' } }]],
  ['/volumes', [{ name: 'nfs', nfs: { server: '10.0.0.1', path: '/' } }]],
  ['/volumes', [{ name: 'disk', awsElasticBlockStore: { volumeID: 'x' } }]],
  ['/volumes', [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }]],
  ['/priorityClassName', 'system-node-critical'],
  ['/nodeName', 'node'],
  ['/tolerations', [{ operator: 'Exists' }]],
  ['/dnsPolicy', 'Default'],
  ['/runtimeClassName', 'privileged'],
  ['/ephemeralContainers', [{ name: 'debug', image: 'busybox' }]],
  ['/restartPolicy', 'Sometimes'],
  ['/enableServiceLinks', true],
  ['/terminationGracePeriodSeconds', -1],
];

/** Fields of a pod, by JSON pointers below its specification, with a value each. */
export const nastyPodFields: readonly Pair[] = [
  ...ofPod,
  ...ofContainer.map(([path, value]): Pair => [`/containers/0${path}`, value]),
];

const container = { name: 'main', image: 'quay.io/example/tool:1.2.3' };
const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

const object = (apiVersion: string, kind: string, rest: object, namespace?: string): object => ({
  apiVersion,
  kind,
  metadata: { name: 'added', ...(namespace !== undefined && { namespace }) },
  ...rest,
});

/** Objects that a cluster may try to bring. */
export const nastyObjects: readonly object[] = [
  object('v1', 'Pod', { spec: { containers: [container] } }),
  object('v1', 'Pod', {
    spec: { hostPID: true, containers: [{ ...container, securityContext: { privileged: true } }] },
  }),
  object('apps/v1', 'DaemonSet', {
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { hostNetwork: true, containers: [container] } },
    },
  }),
  object('apps/v1', 'Deployment', {
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [container] } },
    },
  }),
  object('batch/v1', 'Job', { spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } } }),
  object('v1', 'Secret', { stringData: { password: 'hunter2' } }),
  object('v1', 'Secret', { data: { password: 'aHVudGVyMg==' }, type: 'Opaque' }),
  object('v1', 'Secret', { type: 'kubernetes.io/service-account-token' }),
  object('v1', 'ConfigMap', { data: { password: 'hunter2' } }),
  object('v1', 'ConfigMap', { data: { 'settings.json': '{"url":"https://user:pass@example.com"}' } }),
  object('v1', 'ConfigMap', { binaryData: { a: 'aHVudGVyMg==' } }),
  object('v1', 'ConfigMap', { data: { large: 'x'.repeat(1_100_000) } }),
  object('v1', 'ConfigMap', { data: { a: 'b' } }, 'kube-system'),
  object('v1', 'Namespace', {}),
  object('v1', 'Service', { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } }),
  object('v1', 'Service', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] } }),
  object('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'example.com' } }),
  object('v1', 'Service', { spec: { externalIPs: ['10.0.0.1'], ports: [{ port: 80 }] } }),
  object('v1', 'ServiceAccount', {}),
  object('v1', 'PersistentVolume', { spec: { capacity: { storage: '1Gi' }, hostPath: { path: '/' } } }),
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  object('v1', 'List', { items: [object('v1', 'Pod', { spec: { containers: [container] } })] }),
  object('rbac.authorization.k8s.io/v1', 'Role', { rules: everything }),
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: everything }),
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'secrets-generate' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
  }),
  object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'kube-system' }],
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
  }),
  object('networking.k8s.io/v1', 'Ingress', {
    spec: { defaultBackend: { service: { name: 'db-koku', port: { number: 5432 } } } },
  }),
  object('cert-manager.io/v1', 'Certificate', { spec: { secretName: 'x', issuerRef: { name: 'x' } } }),
  object('argoproj.io/v1alpha1', 'Application', { spec: {} }),
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: {} }),
  object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [] }),
  object('bitnami.com/v1alpha1', 'SealedSecret', {
    spec: { encryptedData: {}, template: { stringData: { password: 'hunter2' } } },
  }),
  object('external-secrets.io/v1', 'ExternalSecret', {
    spec: { target: { template: { data: { password: 'hunter2' } } } },
  }),
  object('kustomize.config.k8s.io/v1beta1', 'Kustomization', { resources: ['https://example.com/x.yaml'] }),
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { kind: 'ConfigMap', metadata: { name: 'added' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'UPPER_case' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'added-' } },
  {},
  [],
];
