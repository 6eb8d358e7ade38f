/** The Kubernetes of a stage, built from Go modules: control plane, node, networking, and functions that read its state. */
export { authority, serverCertificate } from './certificates.ts';
export { startControlPlane } from './control-plane.ts';
export { startFakeNode } from './fake-node.ts';
export { buildPrograms, moduleSource } from './go-tools.ts';
export { kubectlFor, kubectlProgram, type Kubectl } from './kubectl.ts';
export { checkMachine } from './machine.ts';
export * as modules from './modules.ts';
export { containerdSocket, folders, pauseImage } from './node/configuration.ts';
export { cutOff, reconnect } from './node/cut.ts';
export { enterNode, inNode, makeNamespaces, nodeProcess, removeTraces } from './node/namespaces.ts';
export { importImage, startContainerd, startNode } from './node/node.ts';
export { containerProcesses, inPodNetwork } from './node/pod-network.ts';
export { podOf, readySince, restartsOf, runInPod, runningPods, workloadOf, type Pod } from './pods.ts';
export { beganAt, endAll, logOf, resume, start, started, suspend, until } from './processes.ts';
export { startStandIns } from './controllers.ts';
export { pythonPackages } from './python-packages.ts';
export { address, kubeconfig, node, ports, stageNames, state, type StageName } from './stage.ts';
