/** The page of Secrets: which ones a cluster needs, what creates them, and how to change their values. */
import { secrets } from '@cost-onprem/contracts';
import { mayBeMade, optionalSecretTable, secretTable, type Application } from '@cost-onprem/kit';
import { createRandom, randomFunction } from '../../../tools/secrets/src/by-hand.ts';
import { choices } from '../../../tools/secrets/src/overview.ts';

/** @param note first line of every page */
export const secretsPage = (applications: readonly Application[], note: string): string => `# Secrets

${note}

Neither git, nor a render, nor a pod's specification contains a value: pods name a Secret and a key. Values consist of letters and
digits, because some readers cannot parse other characters.

${secretTable(secrets, applications)}

\`npm run secrets -- <cluster>\` lists those that one cluster needs, with what you must do for each. An
\`ObjectBucketClaim\` creates \`object-storage\` itself.

## What creates them

One line of a cluster's components chooses this:

| Component | What creates the Secrets |
| --- | --- |
${Object.entries(choices)
  .map(([name, text]) => `| [\`secrets/${name}\`](../../../overlays/secrets/${name}) | ${text} |`)
  .join('\n')}

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
${randomFunction}
${secrets
  .filter((declaration) => mayBeMade(declaration, applications))
  .map(createRandom)
  .join('\n')}
\`\`\`
`;
