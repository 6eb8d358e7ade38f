/** The page of Secrets: which there must be, who may make them, and how to change their values. */
import { namespace, secrets } from '@cost-onprem/contracts';
import {
  mayBeMade,
  optionalSecretTable,
  secretTable,
  type Application,
  type SecretDeclaration,
} from '@cost-onprem/kit';

/** A command whose values are neither in the shell's history nor on a command line. */
const command = ({ name, lengths }: SecretDeclaration): string =>
  [
    `kubectl -n ${namespace} create secret generic ${name}`,
    ...Object.entries(lengths).map(([key, length]) => `--from-file=${key}=<(random ${length})`),
  ].join(' \\\n  ');

/** @param note first line of every page */
export const secretsPage = (applications: readonly Application[], note: string): string => `# Secrets

${note}

No value is in git, in what is rendered, or in a pod's specification: pods name a Secret and a key. Values are letters and
digits, for some others break what reads them.

${secretTable(secrets, applications)}

A cluster needs those that its pods read. Where an \`ObjectBucketClaim\` brings the bucket, \`object-storage\` comes with it.

## Who makes them

One line of a cluster's components says it:

| Component | Who makes them |
| --- | --- |
| [\`secrets/generated\`](../../../overlays/secrets/generated) | a Job makes what is missing |
| [\`secrets/external\`](../../../overlays/secrets/external) | the External Secrets Operator, from a store of yours |
| [\`secrets/sealed\`](../../../overlays/secrets/sealed) | Sealed Secrets, from git |
| [\`secrets/existing\`](../../../overlays/secrets/existing) | you, before the first sync |

Those of somebody else's server are yours to bring in any case.

## What a cluster may bring

${optionalSecretTable(
  applications.flatMap(({ optionalSecrets = [] }) => optionalSecrets),
  applications,
)}

Nobody makes these, and no pod waits for one: bring it when there is something to read it for, in the way of the cluster's
other Secrets or by hand, and then restart who reads it with the command below. Those of clouds matter in a stack that
accepts cloud sources: [Koku](../../../libs/koku/README.md) says more.

## Change the values of one

\`\`\`sh
npm run rotate -- <cluster> <secret>
\`\`\`

A Secret that changes rolls no pod, so the command restarts all that read it: servers first, which take the new password when
they start, then their clients. It uses \`kubectl\` and its current context (\`--context\` names another); \`--plan\` only says
what it would do. Meanwhile the old clients are refused: expect some minutes without answers for a database, the cache or
the object store. Where the Job does not make the Secret, change it first in the way of its maker.

The same command mends a cluster in which somebody deleted a Secret: what comes back has other values.

## Make them by hand

With bash, and any random values:

\`\`\`sh
random() { LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c "$1"; }
${secrets
  .filter((declaration) => mayBeMade(declaration, applications))
  .map(command)
  .join('\n')}
\`\`\`
`;
