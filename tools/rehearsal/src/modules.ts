/** The modules that a stage is built from. */
import type { GoModule } from './go-tools.ts';

/** API server, controllers, scheduler, etcd, kubectl, and KWOK, which makes pods ready that nobody runs. */
export const kubernetes: GoModule = {
  folder: 'kubernetes',
  programs: {
    etcd: 'go.etcd.io/etcd/server/v3',
    kwok: 'sigs.k8s.io/kwok/cmd/kwok',
    kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
    'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  },
  // Unstamped, the server would call itself v0.0.0-master, and clients would refuse it.
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

/** All of Argo CD is one program, which asks under which name it was called. */
export const argoCd: GoModule = {
  folder: 'argo-cd',
  programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
  variables: (version) => ({
    'github.com/argoproj/argo-cd/v3/common.version': version('github.com/argoproj/argo-cd/v3').slice(1),
    'github.com/argoproj/argo-cd/v3/common.gitTreeState': 'clean',
  }),
};
