/** The library of a new application, in the style of the others. */
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

/** The files of the new library. */
export const libraryFiles = ({ name, workload, kind, image, purpose }: ApplicationRequest) => ({
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
});
