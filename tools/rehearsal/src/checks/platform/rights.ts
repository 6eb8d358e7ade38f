import { namespace, type JobName } from '@cost-onprem/contracts';
import { hasObject, hasOwnServers, type Check, type Rehearsed } from '../check.ts';

const maker: JobName = 'secrets-generate';

/** Whether a cluster has the Job that creates Secrets. */
export const makesSecrets = (rehearsed: Rehearsed): boolean => hasObject(rehearsed, 'Job', maker);

const account = `--as=system:serviceaccount:${namespace}:${maker}`;

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** The API server's list of the account's rights, without those that every account has about itself. */
const rulesOf = async ({ kubectl }: Rehearsed): Promise<readonly Rule[]> => {
  const question = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
  const { out } = await kubectl.run(['create', '--raw', path, '-f', '-', account], JSON.stringify(question));
  const { status } = JSON.parse(out) as { readonly status: { readonly resourceRules: readonly Rule[] } };
  return status.resourceRules.filter(
    ({ apiGroups }) => !apiGroups.every((group) => /^(authentication|authorization)\.k8s\.io$/.test(group)),
  );
};

const secrets = `/api/v1/namespaces/${namespace}/secrets`;
const one = `${secrets}/koku-django`;
const dryRun = '?dryRun=All';

const object = (kind: string, name: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, namespace } });

/** Requests by the verb that the API server must name in its refusal. None of them would change anything. */
const requests: readonly (readonly [verb: string, args: readonly string[], input?: string])[] = [
  ['get', ['get', '--raw', one]],
  ['list', ['get', '--raw', secrets]],
  ['watch', ['get', '--raw', `${secrets}?watch=true&timeoutSeconds=1`]],
  ['update', ['replace', '--raw', `${one}${dryRun}`, '-f', '-'], object('Secret', 'koku-django')],
  [
    'patch',
    ['apply', '--server-side', '--validate=false', '--dry-run=server', '-f', '-'],
    object('Secret', 'koku-django'),
  ],
  ['delete', ['delete', '--raw', `${one}${dryRun}`]],
  ['deletecollection', ['delete', '--raw', `${secrets}${dryRun}`]],
  ['create', ['create', '--raw', `/api/v1/namespaces/default/secrets${dryRun}`, '-f', '-'], object('Secret', 'other')],
  [
    'create',
    ['create', '--raw', `/api/v1/namespaces/${namespace}/configmaps${dryRun}`, '-f', '-'],
    object('ConfigMap', 'other'),
  ],
  ['list', ['get', '--raw', `/api/v1/namespaces/${namespace}/pods`]],
];

/** Reads the RBAC rules, and then tries them. */
export const fewRights: Check = {
  title:
    'the account that creates Secrets may create them in its namespace, and the API server refuses every other verb',
  stages: ['control-plane', 'node'],
  applies: (rehearsed) => makesSecrets(rehearsed) && (rehearsed.stage === 'control-plane' || hasOwnServers(rehearsed)),
  order: 520,
  run: async (rehearsed) => {
    const { kubectl } = rehearsed;
    const rules = await rulesOf(rehearsed);
    const allowed = rules.map(({ verbs, apiGroups, resources }) => [...verbs, ...apiGroups, ...resources].join(' '));
    if (JSON.stringify(allowed) !== JSON.stringify(['create  secrets']))
      throw new Error(`the account may do this: ${JSON.stringify(rules)}`);
    await kubectl.run(['create', '--raw', `${secrets}${dryRun}`, '-f', '-', account], object('Secret', 'another'));
    for (const [verb, args, input] of requests) {
      const said = await kubectl.run([...args, account], input).then(
        () => 'nothing',
        (error: Error) => error.message,
      );
      if (!said.includes(`cannot ${verb} resource`))
        throw new Error(`the API server does not refuse to ${verb} (${args.join(' ')}); it says ${said}`);
    }
    console.log(`         ${requests.length} requests refused`);
  },
};
