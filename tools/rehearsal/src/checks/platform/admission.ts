import type { Check, Rehearsed } from '../check.ts';

/** A pod that `restricted` refuses for more than one reason. */
const privileged = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'privileged' },
  spec: { containers: [{ name: 'privileged', image: 'none', securityContext: { privileged: true } }] },
};

/** The check sends a pod, because the label alone would not show that PodSecurity is in force. */
export const restricted: Check = {
  title: 'every namespace refuses a pod that PodSecurity restricted forbids',
  stages: ['control-plane'],
  order: 100,
  run: async ({ kubectl, objects }: Rehearsed) => {
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    if (namespaces.length === 0) throw new Error('the cluster has no Namespace');
    for (const name of namespaces) {
      const create = ['create', '--dry-run=server', '-n', name, '-f', '-'];
      const said = await kubectl.run(create, JSON.stringify(privileged)).then(
        () => 'nothing',
        (error: Error) => error.message,
      );
      if (!said.includes('violates PodSecurity "restricted'))
        throw new Error(`namespace ${name} does not refuse a privileged pod: the API server said ${said}`);
    }
  },
};

/** The API server prints warnings beside its answer: deprecated versions, unknown fields, PodSecurity. */
export const admitted: Check = {
  title: 'the API server admits every object by server-side apply without a warning',
  stages: ['control-plane'],
  order: 110,
  run: async ({ kubectl, objects }: Rehearsed) => {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    // As Argo CD applies them, because it owns the fields.
    const manager = ['--force-conflicts', '--field-manager=argocd-controller'];
    const apply = ['apply', '--server-side', '--dry-run=server', ...manager, '-f', '-'];
    const { err } = await kubectl.run(apply, JSON.stringify(list));
    if (err.trim() !== '') throw new Error(`the API server warns:\n${err.trim()}`);
  },
};
