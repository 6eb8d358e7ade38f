/** Generates the files of a new application. */
import { declaredPorts, type Known } from './known.ts';
import { camelCase } from './names.ts';

/** The options of the generator. An empty text means that the option is absent. */
export interface ApplicationRequest {
  readonly name: string;
  readonly workload: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly image: string;
  readonly port: number;
  readonly purpose: string;
  readonly stacks: readonly string[];
}

/** The application's contract. Uses the port that the contracts declare already, if other libraries needed it. */
const contractFile = ({ name, workload, port }: ApplicationRequest, known: Known): string => {
  const declared = declaredPorts(workload, known) !== undefined;
  const constant = camelCase(workload);
  return `${declared ? '' : "import { endpoints } from '@cost-onprem/kit/vocabulary';\n"}import { contract } from './contract.ts';

${declared ? '' : `export const ${constant} = endpoints('${workload}', { http: ${port} });\n\n`}export const ${camelCase(name)}Contract = contract({ replicated: [${declared ? `'${workload}'` : `${constant}.http.workload`}] });
`;
};

const size = (replicas: number) => `{ replicas: ${replicas}, millicores: [50, 200], mebibytes: [128, 256] }`;

const rowsFile = ({ name, workload }: ApplicationRequest): string => `import type { ApplicationRows } from '../rows.ts';

/** Not measured yet. Correct it after a rehearsal. */
export const ${camelCase(name)}Rows = {
  '${workload}': {
    minimal: ${size(1)},
    production: ${size(2)},
  },
} as const satisfies ApplicationRows;
`;

/** The new application's own files. */
export const libraryFiles = (request: ApplicationRequest, known: Known): Readonly<Record<string, string>> => {
  const { name, workload, kind, image, purpose } = request;
  return {
    [`libs/contracts/src/${name}.ts`]: contractFile(request, known),
    [`libs/profiles/src/applications/${name}.ts`]: rowsFile(request),
    [`libs/${name}/src/index.ts`]: `import { application } from '@cost-onprem/kit';
import { ${camelCase(workload)} } from './${workload}.ts';

/** ${purpose} */
export default application({ name: '${name}', bases: { '.': { workloads: [${camelCase(workload)}] } } });
`,
    [`libs/${name}/src/${workload}.ts`]: `import { ${camelCase(workload)} as listens } from '@cost-onprem/contracts';
import { workload, type Probe } from '@cost-onprem/kit';

// renovate: datasource=docker
const image = '${image}';

const answers = (failures: number): Probe => ({
  check: { connectTo: listens.http },
  every: 10,
  timeout: 5,
  failures,
});

/** ${purpose} */
export const ${camelCase(workload)} = workload({
  name: '${workload}',
  purpose: ${JSON.stringify(purpose)},
  kind: '${kind}',
  image,
  wave: 'application',
  listens,
  probes: { startup: answers(30), readiness: answers(3), liveness: answers(6) },
});
`,
  };
};
