/** How to build the image of an understudy. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workloadsOf, type Application, type Workload } from '@cost-onprem/kit';
import { containersOf, podTemplateOf, type Manifest } from '../../../../manifests/src/manifest.ts';
import { repository } from '../../../../repository/src/repository.ts';
import { textFile } from '../inputs.ts';
import { lastSegment, recipeOf, type Recipe } from '../recipes.ts';
import { understudyDeclaration } from './declaration.ts';

/** The base of every understudy. */
const common: Recipe = {
  name: 'understudy',
  folder: join(import.meta.dirname, '../../../understudy'),
  inputs: {},
  on: recipeOf('base'),
};

/** The programs that an application adds to its understudy, because its commands call them. */
const parts = ({ name }: Application): Recipe | undefined => {
  const folder = join(repository, 'libs', name, 'understudy');
  return existsSync(folder) ? { name: `understudy-${name}`, folder, inputs: {}, on: common } : undefined;
};

/** Programs that every image of an understudy has. */
const shells = new Set(['bash', 'python3', 'sh', 'sleep']);

/** Absolute paths and names of programs that containers call first. */
const programsOf = (objects: readonly Manifest[], image: string): readonly string[] =>
  [
    ...new Set(
      objects
        .flatMap((object) => {
          const spec = podTemplateOf(object)?.spec;
          return spec ? containersOf(spec) : [];
        })
        .filter((container) => container.image === image)
        .flatMap(({ command = [] }) => command[0] ?? []),
    ),
  ]
    .filter((program) => !shells.has(program))
    .toSorted();

/** Each program is the understudy, at the path that a command calls. */
const links = (programs: readonly string[]): string =>
  programs
    .map((program) => (program.startsWith('/') ? program : `/usr/local/bin/${program}`))
    .map((path) => `RUN mkdir -p "$(dirname '${path}')" && ln -s /opt/understudy/play '${path}'\n`)
    .join('');

const ofImage = (
  application: Application,
  workloads: readonly Workload[],
  image: string,
  objects: readonly Manifest[],
): Recipe => {
  const own = parts(application);
  const on = own ?? common;
  const programs = own ? '' : `USER 0\n${links(programsOf(objects, image))}USER 65532:0\n`;
  const containerfile = `FROM localhost/stand-in/${on.name}\n${programs}COPY declaration.json /opt/understudy/\n`;
  const declaration = understudyDeclaration(workloads, objects);
  return {
    name: `understudy-of-${lastSegment(image)}`,
    inputs: {
      Containerfile: textFile(containerfile),
      'declaration.json': textFile(`${JSON.stringify(declaration, undefined, 2)}\n`),
    },
    on,
  };
};

/**
 * How to build the understudy of an image, or nothing where no application declares a workload of that image.
 * @param image as a cluster pins it; the last part of the path decides, because a mirror keeps it
 * @param objects that the cluster is rendered to
 */
export const understudyFor = (
  applications: readonly Application[],
  image: string,
  objects: readonly Manifest[],
): Recipe | undefined => {
  const application = applications.find((one) =>
    workloadsOf(one).some((workload) => lastSegment(workload.image) === lastSegment(image)),
  );
  if (!application) return undefined;
  const workloads = applications
    .flatMap(workloadsOf)
    .filter((workload) => lastSegment(workload.image) === lastSegment(image));
  return ofImage(application, workloads, image, objects);
};
