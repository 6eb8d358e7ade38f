/** Configuration files of the node's own programs. */
import { join } from 'node:path';
import { node, ranges, serviceAddresses, state } from '../stage.ts';
import { cgroup } from './namespaces.ts';

/** Where containerd listens, in the node's own /run. */
export const containerdSocket = '/run/containerd/containerd.sock';

/** The image that holds a pod's namespaces. */
export const pauseImage = 'localhost/stand-in/pause:1';

/** Folders of the node that are in the stage's folder. */
export const folders = {
  containerd: join(state, 'containerd'),
  kubelet: join(state, 'kubelet'),
  network: join(state, 'network'),
  volumes: join(state, 'volumes'),
} as const;

/** @param programs folder with the shim */
export const containerdToml = (programs: string, runc: string): string => `version = 3
root = "${join(folders.containerd, 'root')}"
state = "/run/containerd/state"
[grpc]
  address = "${containerdSocket}"
[plugins.'io.containerd.internal.v1.opt']
  path = "${join(folders.containerd, 'opt')}"
[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  use_local_image_pull = true
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "${pauseImage}"
[plugins.'io.containerd.cri.v1.runtime']
  enable_selinux = false
  disable_apparmor = true
  enable_cdi = false
  # Where root may not lower oom_score_adj, no sandbox would start otherwise.
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["/usr/lib/cni"]
  conf_dir = "${folders.network}"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  runtime_path = "${join(programs, 'containerd-shim-runc-v2')}"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  BinaryName = "${runc}"
  SystemdCgroup = false
`;

/** Every pod has a route of its own, without a bridge, so that policies see all traffic. */
export const networkConfiguration = (podRange: string): object => ({
  cniVersion: '0.4.0',
  name: 'rehearsal',
  plugins: [
    {
      type: 'ptp',
      ipMasq: false,
      ipam: {
        type: 'host-local',
        dataDir: '/run/cni-ipam',
        ranges: [[{ subnet: podRange }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true }, snat: true },
  ],
});

/** @param authority certificate of the stage's authority */
export const kubeletConfiguration = (authority: string, resolvConf: string): object => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  containerRuntimeEndpoint: `unix://${containerdSocket}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${cgroup}`,
  cgroupsPerQOS: true,
  enforceNodeAllocatable: ['pods'],
  failCgroupV1: false,
  failSwapOn: false,
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: authority } },
  authorization: { mode: 'Webhook' },
  clusterDNS: [serviceAddresses.dns],
  clusterDomain: 'cluster.local',
  resolvConf,
  maxPods: 200,
  // A developer's disk is often fuller than the defaults allow.
  evictionHard: { 'memory.available': '200Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  serializeImagePulls: false,
  nodeStatusUpdateFrequency: '5s',
  oomScoreAdj: 0,
});

/** @param kubeconfig of kube-proxy */
export const kubeProxyConfiguration = (kubeconfig: string): object => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'nftables',
  clusterCIDR: ranges.pods,
  clientConnection: { kubeconfig },
  hostnameOverride: node.name,
  // Read-only outside of the machine's first network namespace.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  nftables: { minSyncPeriod: '200ms', syncPeriod: '30s' },
  oomScoreAdj: 0,
});
