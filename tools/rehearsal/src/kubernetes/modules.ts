/** The Go modules of a stage. */
import type { GoModule } from './go-tools.ts';

/** API server, controllers, scheduler, etcd, kubectl; the real node’s kubelet and kube-proxy, and KWOK, which fakes a node. */
export const kubernetes: GoModule = {
  folder: 'kubernetes',
  programs: {
    etcd: 'go.etcd.io/etcd/server/v3',
    kwok: 'sigs.k8s.io/kwok/cmd/kwok',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
    kubelet: 'k8s.io/kubernetes/cmd/kubelet',
    'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
  },
  // Without a version, the server would report v0.0.0-master, and clients would refuse it.
  variables: (version) => {
    const gitVersion = version('k8s.io/kubernetes');
    const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
    return Object.fromEntries(
      ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
        [`${path}.gitVersion`, gitVersion],
        [`${path}.gitMajor`, major],
        [`${path}.gitMinor`, minor],
        [`${path}.gitTreeState`, 'clean'],
        [`${path}.buildDate`, '1970-01-01T00:00:00Z'],
      ]),
    );
  },
};

/** Argo CD is a single program, which acts by the name of its call. */
export const argoCd: GoModule = {
  folder: 'argo-cd',
  programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
  variables: (version) => ({
    'github.com/argoproj/argo-cd/v3/common.version': version('github.com/argoproj/argo-cd/v3').slice(1),
    'github.com/argoproj/argo-cd/v3/common.gitTreeState': 'clean',
  }),
};

/** Runs the containers of the real node. */
export const containerd: GoModule = {
  folder: 'containerd',
  programs: Object.fromEntries(
    ['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => [
      name,
      `github.com/containerd/containerd/v2/cmd/${name}`,
    ]),
  ),
  tags: ['no_btrfs', 'no_devmapper', 'no_zfs', 'no_aufs'],
  variables: (version) => ({
    'github.com/containerd/containerd/v2/version.Version': version('github.com/containerd/containerd/v2').slice(1),
  }),
};

/** Holds the namespaces of a pod on the real node; our program. */
export const pause: GoModule = { folder: 'pause', programs: { pause: '.' }, variables: () => ({}) };

/** The real node’s DNS. It runs as a pod, because NetworkPolicies select its pod. */
export const coreDns: GoModule = {
  folder: 'coredns',
  programs: { coredns: 'github.com/coredns/coredns' },
  variables: () => ({}),
};

/** Provisions the real node’s volumes; runs as a pod. */
export const localPathProvisioner: GoModule = {
  folder: 'local-path-provisioner',
  programs: { 'local-path-provisioner': 'github.com/rancher/local-path-provisioner' },
  variables: () => ({}),
};

/** Enforces NetworkPolicies on the real node. */
export const kubeRouter: GoModule = {
  folder: 'kube-router',
  programs: { 'kube-router': 'github.com/cloudnativelabs/kube-router/v2/cmd/kube-router' },
  variables: () => ({}),
};

/** The object store that clusters may embed. */
export const versityGateway: GoModule = {
  folder: 'versitygw',
  programs: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
  variables: (version) => ({ 'main.Version': version('github.com/versity/versitygw') }),
};

/** Exports the cache’s metrics to Prometheus. */
export const redisExporter: GoModule = {
  folder: 'redis_exporter',
  programs: { redis_exporter: 'github.com/oliver006/redis_exporter' },
  variables: (version) => ({ 'main.BuildVersion': version('github.com/oliver006/redis_exporter') }),
};

/** Pulls images into the real node’s containerd; our program. */
export const pull: GoModule = {
  folder: 'pull',
  programs: { pull: '.' },
  // Its user agent at a registry.
  variables: containerd.variables,
};

/** The registry that the tests of pulling use. */
export const registry: GoModule = {
  folder: 'registry',
  programs: { registry: '.' },
  variables: () => ({}),
};
