/** The files of a new application, in the style of the others. */
import { declaredPorts, type Known } from './known.ts';
import { camelCase } from './names.ts';

/** What is asked for; an empty word is one that was left out. */
export interface ApplicationRequest {
  readonly name: string;
  readonly workload: string;
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly image: string;
  readonly port: number;
  readonly purpose: string;
  readonly stacks: readonly string[];
}

/** Its names. Where the contracts declare its port already, because others had to know it, that is used as it is. */
const contractFile = ({ name, workload, port }: ApplicationRequest, known: Known): string => {
  const declared = declaredPorts(workload, known) !== undefined;
  const constant = camelCase(workload);
  return `${declared ? '' : "import { endpoints } from '@cost-onprem/kit/vocabulary';\n"}import { contract } from './contract.ts';

${declared ? '' : `export const ${constant} = endpoints('${workload}', { http: ${port} });\n\n`}export const ${camelCase(name)}Contract = contract({ replicated: [${declared ? `'${workload}'` : `${constant}.http.workload`}] });
`;
};

const size = (replicas: number) => `{ replicas: ${replicas}, millicores: [50, 200], mebibytes: [128, 256] }`;

const rowsFile = ({ name, workload }: ApplicationRequest): string => `import type { ApplicationRows } from '../rows.ts';

/** Not measured yet: correct it where a rehearsal shows better. */
export const ${camelCase(name)}Rows = {
  '${workload}': {
    minimal: ${size(1)},
    production: ${size(2)},
  },
} as const satisfies ApplicationRows;
`;

/** All files that are the new application's own. */
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
