/** The files of an application as a person would write them, by path. */
import { join } from 'node:path';

export const walkFiles: Readonly<Record<string, string>> = {
  'libs/contracts/src/walk.ts': `import { endpoints, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';

export const walkApi = endpoints('walk-api', { http: 8081 });

export const walkSigning = secret('walk-signing', { 'signing-key': 50 });

export const walkContract = contract({
  replicated: [walkApi.http.workload, 'walk-worker'],
  secrets: [walkSigning],
});
`,
  'libs/profiles/src/applications/walk.ts': `import type { ApplicationRows } from '../rows.ts';

/** Not measured yet. */
export const walkRows = {
  'walk-api': {
    minimal: { replicas: 1, millicores: [50, 200], mebibytes: [128, 256] },
    production: { replicas: 2, millicores: [60, 200], mebibytes: [128, 256] },
  },
  'walk-worker': {
    minimal: { replicas: 1, millicores: [70, 200], mebibytes: [128, 256] },
    production: { replicas: 3, millicores: [80, 200], mebibytes: [128, 256] },
  },
  'db-walk': {
    minimal: { replicas: 1, millicores: [100, 500], mebibytes: [500, 1000] },
    production: { replicas: 1, millicores: [200, 500], mebibytes: [500, 1000] },
  },
} as const satisfies ApplicationRows;
`,
  'libs/walk/src/index.ts': `import { walkSigning } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';
import { walkApi } from './walk-api.ts';
import { walkWorker } from './walk-worker.ts';

/** Plans walks. */
export default application({
  name: 'walk',
  bases: { '.': { workloads: [walkApi, walkWorker], makes: [walkSigning] } },
  rules,
  runbook,
});
`,
  'libs/walk/src/image.ts': `// renovate: datasource=docker
export const image = 'registry.example.com/walk:1.2';
`,
  'libs/walk/src/walk-api.ts': `import { dbWalk, walkApi as listens, walkSigning } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';
import { image } from './image.ts';

const answers = (failures: number): Probe => ({
  check: { connectTo: listens.http },
  every: 10,
  timeout: 5,
  failures,
});

/** Answers questions about walks. */
export const walkApi = workload({
  name: 'walk-api',
  purpose: 'Answers questions about walks.',
  kind: 'Deployment',
  image,
  wave: 'application',
  listens,
  connects: [
    {
      to: dbWalk.endpoint,
      env: {
        PGHOST: dbWalk.address.host,
        PGPORT: dbWalk.address.port,
        PGDATABASE: dbWalk.address.more.database,
        PGUSER: dbWalk.address.more.username,
        PGPASSWORD: dbWalk.credentials.keys.password,
      },
    },
  ],
  env: {
    WALK_VERBOSE: 'true',
    WALK_SIGNING_KEY: walkSigning.keys['signing-key'],
  },
  probes: { startup: answers(30), readiness: answers(3), liveness: answers(6) },
});
`,
  'libs/walk/src/walk-worker.ts': `import { dbKoku, walkApi } from '@cost-onprem/contracts';
import { workload } from '@cost-onprem/kit';
import { image } from './image.ts';

/** Plans walks. */
export const walkWorker = workload({
  name: 'walk-worker',
  purpose: 'Plans walks.',
  kind: 'Deployment',
  image,
  wave: 'application',
  command: ['walk', 'work'],
  connects: [
    { to: walkApi.http, env: { WALK_API: walkApi.http.workload } },
    {
      to: dbKoku.replica.endpoint,
      when: 'options/read-replica',
      env: { REPLICA_HOST: dbKoku.replica.name },
    },
  ],
  probes: { liveness: { check: { run: ['walk', 'alive'] }, every: 30, timeout: 5, failures: 6 } },
});
`,
  'libs/walk/src/rules/rules.ts': `import { alert, noneAvailable, type Rules } from '@cost-onprem/contracts';

/** Rules about walks. */
export const rules: Rules = {
  workloads: [
    alert({
      alert: 'CostWalkDown',
      severity: 'warning',
      expression: noneAvailable('walk-api'),
      lasts: '10m',
      summary: 'The API of walks does not answer',
      description: 'Users see no walks.',
    }),
  ],
};
`,
  'libs/walk/src/rules/runbook.ts': `import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The paragraphs for the alerts about walks. */
export const runbook = readFileSync(join(import.meta.dirname, 'runbook.md'), 'utf8');
`,
  [join('libs/walk/src/rules', 'runbook.md')]: `# Walks

## CostWalkDown

**Means:** no pod of \`walk-api\` is ready. **Users see:** no walks.

\`\`\`sh
kubectl get pods -l app.kubernetes.io/name=walk-api
\`\`\`

**Fix:** read the log of the pod.
`,
};

/** The lines that existing files get: a line of the file, and what comes before or after it. */
export interface AddedLines {
  readonly path: string;
  readonly at: RegExp;
  /** A replacement in the notation of String.replace; `$&` is the line that is there. */
  readonly with: string;
}

const line = (path: string, at: RegExp, text: string): AddedLines => ({ path, at, with: text });
const end = /$(?![^])/;
const stack = 'overlays/stacks/without-trino/kustomization.yaml';

/** What the generator of applications writes into its lists, for an application that has all its bases in one stack. */
export const listed: readonly AddedLines[] = [
  line('libs/contracts/src/contracts.ts', end, "export { walkContract } from './walk.ts';\n"),
  line('libs/contracts/src/index.ts', end, "export * from './walk.ts';\n"),
  line('libs/profiles/src/applications.ts', end, "export { walkRows } from './applications/walk.ts';\n"),
  line(stack, /^ *# New applications: /m, '  - ../../../libs/walk/base\n$&'),
];

/** What its database adds: the declaration, its base, how many connections and how much disk. */
export const databaseLines: readonly AddedLines[] = [
  line(
    'libs/contracts/src/databases.ts',
    /const all = \[/,
    "export const dbWalk = postgresDatabase('walk', { purpose: 'The PostgreSQL of walks.' });\n\n$&dbWalk, ",
  ),
  line(stack, /^ *- .*\/db-koku$/m, '$&\n  - ../../../libs/postgresql/base/db-walk'),
  line('libs/profiles/src/minimal.ts', /connections: \{/, "$& 'db-walk': 20,"),
  line('libs/profiles/src/production.ts', /connections: \{/, "$& 'db-walk': 20,"),
  line('libs/profiles/src/storage.ts', /^ *\[dbKoku\.claim\]:/gm, "'db-walk-data': 7,\n$&"),
];

/** The overlay with the server lists the clients that it joins. */
export const joinedLine: AddedLines = line(
  'overlays/options/read-replica/kustomization.yaml',
  /^components:\n/m,
  '$&  - ../../../libs/walk/base/when/options/read-replica\n',
);
