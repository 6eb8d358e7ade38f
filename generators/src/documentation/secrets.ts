/** The page of Secrets: which ones a cluster needs, what creates them, and how to change their values. */
import { namespace, secrets } from '@cost-onprem/contracts';
import {
  mayBeMade,
  optionalSecretTable,
  secretTable,
  type Application,
  type SecretDeclaration,
} from '@cost-onprem/kit';

/** A command that keeps the values out of the shell's history and off the command line. */
const command = ({ name, lengths }: SecretDeclaration): string =>
  [
    `kubectl -n ${namespace} create secret generic ${name}`,
    ...Object.entries(lengths).map(([key, length]) => `--from-file=${key}=<(random ${length})`),
  ].join(' \\\n  ');

/** @param note first line of every page */
export const secretsPage = (applications: readonly Application[], note: string): string => `# Secrets

${note}

Neither git, nor a render, nor a pod's specification contains a value: pods name a Secret and a key. Values consist of letters and
digits, because some readers cannot parse other characters.

${secretTable(secrets, applications)}

A cluster needs the Secrets that its pods read. An \`ObjectBucketClaim\` creates \`object-storage\` itself.

## What creates them

One line of a cluster's components chooses this:

| Component | What creates the Secrets |
| --- | --- |
| [\`secrets/generated\`](../../../overlays/secrets/generated) | a Job creates the missing ones |
| [\`secrets/external\`](../../../overlays/secrets/external) | the External Secrets Operator fetches them from your store |
| [\`secrets/sealed\`](../../../overlays/secrets/sealed) | Sealed Secrets decrypts them from git |
| [\`secrets/existing\`](../../../overlays/secrets/existing) | you create them before the first sync |

With each of the four, you provide the values of an external server.

## Optional Secrets

${optionalSecretTable(
  applications.flatMap(({ optionalSecrets = [] }) => optionalSecrets),
  applications,
)}

Nothing generates these, and no pod waits for one. Create one when you need it, in the way of the cluster's other Secrets or by
hand. Then restart its readers with the command below. Secrets of clouds matter only in a stack that accepts cloud sources:
[Koku](../../../libs/koku/README.md) says more.

## Change the values of a Secret

\`\`\`sh
npm run rotate -- <cluster> <secret>
\`\`\`

Kubernetes does not restart pods when a Secret changes, so the command restarts all its readers: first the servers, which take the
new password when they start, then their clients. It uses \`kubectl\` with its current context (\`--context\` names another), and
refuses a context whose platform has another public host. It shows its plan and asks for the cluster's name; \`--yes\` answers that,
and \`--plan\` only prints the plan. If something interrupts it, it prints what is left and the command that goes on. Until a client restarts, its server refuses it: expect some minutes without answers from a
database, the cache or the object store. If something other than the Job creates the Secret, change the value there first.

The same command repairs a cluster after someone deleted a Secret, because the Job then creates it with other values.

## Create them by hand

In bash, with random values:

\`\`\`sh
random() { LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c "$1"; }
${secrets
  .filter((declaration) => mayBeMade(declaration, applications))
  .map(command)
  .join('\n')}
\`\`\`
`;
