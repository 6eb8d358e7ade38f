/** The Nx targets of each kind of project. */
import type { TargetConfiguration } from '@nx/devkit';
import type { Place } from '../../repository/src/places.ts';

const command = (
  line: string,
  description: string,
  rest: Omit<TargetConfiguration, 'metadata'> = {},
): TargetConfiguration => ({
  executor: 'nx:run-commands',
  options: { command: line, cwd: '{workspaceRoot}' },
  cache: true,
  ...rest,
  metadata: { description },
});

const npm = (...externalDependencies: readonly string[]) => ({ externalDependencies: [...externalDependencies] });

/** What tests of the whole repository read: everything but the clusters, which no test of ours judges. */
const wholeRepository = [
  '{workspaceRoot}/{.ci,.github,generators,libs,overlays,tools}/**/*',
  '{workspaceRoot}/clusters/*',
  '{workspaceRoot}/*.{json,ts}',
];

/**
 * Tests of a library depend on its files, those of its imports, and the files generated from them, so Nx caches them. Those of
 * tools and generators read the whole repository, so every change except one of a cluster runs them, and Nx does not cache
 * them.
 */
export const testTarget = ({ root, kind }: Place): TargetConfiguration => {
  const own = kind === 'library' || kind === 'overlay';
  return command(`vitest run ${root}/test/`, 'Run the tests of this project.', {
    dependsOn: ['^build'],
    cache: own,
    inputs: own
      ? [
          '{projectRoot}/**/*',
          '^sources',
          '^manifests',
          '{workspaceRoot}/vitest.config.ts',
          npm('vitest', 'node', 'kubernetes-models', 'js-yaml'),
        ]
      : wholeRepository,
  });
};

/** Tests that `.ci/run` runs and `npm test` does not, by their folder beside a project's `test`. */
const otherTests = {
  // A fork changes its examples and its figures.
  'published-test': 'Run the tests of the published examples and figures.',
  // These run `npm test` again and again.
  'fork-test': 'Change a fork as the README promises, and run its tests.',
  'gate-test': 'Run the workflow of a pull request for changes that it must refuse.',
} as const;

/** A target for each folder of other tests that a project has. */
export const otherTestTargets = (
  { root }: Place,
  has: (folder: string) => boolean,
): Readonly<Record<string, TargetConfiguration>> =>
  Object.fromEntries(
    Object.entries(otherTests)
      .filter(([folder]) => has(folder))
      .map(([folder, description]) => [
        folder,
        command(`vitest run ${root}/${folder}/`, description, { dependsOn: ['^build'], cache: false }),
      ]),
  );

/** Tests that need root and a part of a stage. They take minutes, so `.ci/run` runs them and `npm test` does not. */
export const stageTestTarget = (): TargetConfiguration =>
  command('vitest run --config tools/rehearsal/vitest.stage.ts', 'Run the tests that start their own containerd.', {
    cache: false,
  });

/** `build` writes a library's Kustomize bases, and for `profiles` its overlays. */
export const libraryTargets = (name: string): Readonly<Record<string, TargetConfiguration>> =>
  name === 'kit'
    ? {}
    : {
        build: command(`node generators/src/generate.ts ${name}`, `Write the files generated from libs/${name}/src.`, {
          // Profiles are also written from the containers of all workloads. As an input, these would make a change of any
          // application affect every size.
          cache: name !== 'profiles',
          inputs: [
            'sources',
            '^sources',
            // It puts together what all applications bring.
            ...(name === 'monitoring'
              ? ['{workspaceRoot}/libs/*/src/index.ts', '{workspaceRoot}/libs/*/src/rules/**/*']
              : []),
            '{workspaceRoot}/{generators,tools/repository}/src/**/*',
            npm(
              'node',
              'kubernetes-models',
              '@kubernetes-models/external-secrets',
              '@kubernetes-models/prometheus-operator',
              '@kubernetes-models/strimzi-kafka-operator',
              'js-yaml',
              'citty',
            ),
          ],
          outputs:
            name === 'profiles'
              ? ['{workspaceRoot}/overlays/profiles', '{workspaceRoot}/overlays/storage']
              : ['{projectRoot}/base'],
        }),
      };

/** The generator of clusters is told what a cluster chooses from. */
export const generatorsTargets = (): Readonly<Record<string, TargetConfiguration>> => ({
  build: command('node generators/src/generate.ts generators', 'Write the schema of the cluster generator.', {
    inputs: ['sources', '{workspaceRoot}/tools/clusters/src/layers.ts', npm('node', 'citty')],
    outputs: ['{projectRoot}/schemas'],
  }),
});

/** The folder and what it refers to are a cluster's own; an overlay's manifests are all of its files. */
export const manifestInputs = { manifests: ['{projectRoot}/**/*'] };

/** What defines the targets themselves. */
const definition = ['{workspaceRoot}/nx.json', '{workspaceRoot}/tools/nx-plugin/src/**/*'];

/** What kubeconform and the command that runs it read. */
const validation = [
  '{workspaceRoot}/tools/binaries/**/*',
  '{workspaceRoot}/tools/{clusters,manifests,repository}/src/**/*',
  '{workspaceRoot}/tools/schemas/json/**/*',
  ...definition,
];

/**
 * Targets of a cluster: render and check it, validate it against the schemas, rehearse it. `nx affected` runs a target when
 * a change reaches its inputs, so these must name everything that decides whether a cluster is good. They name no npm
 * packages, so every package counts.
 */
export const clusterTargets = (name: string): Readonly<Record<string, TargetConfiguration>> => ({
  build: command(
    `node tools/clusters/src/build.ts ${name}`,
    'Render this cluster with kustomize and check the result.',
    {
      dependsOn: ['^build'],
      inputs: [
        'manifests',
        '^manifests',
        // The checks and all that they import: a cluster depends on tools/clusters.
        '^sources',
        // The checks ask all applications for their settings.
        '{workspaceRoot}/libs/*/src/**/*',
        '{workspaceRoot}/overlays/argo-cd/app-project.yaml',
        '{workspaceRoot}/tools/binaries/**/*',
        ...definition,
        { dependentTasksOutputFiles: '**/*', transitive: true },
      ],
      outputs: [`{workspaceRoot}/dist/clusters/${name}.yaml`, `{workspaceRoot}/dist/clusters/${name}.json`],
    },
  ),
  validate: command(
    `node tools/clusters/src/validate.ts dist/clusters/${name}.yaml`,
    'Validate the rendered objects with kubeconform -strict.',
    { dependsOn: ['build'], inputs: [{ dependentTasksOutputFiles: '**/*.yaml' }, ...validation] },
  ),
  rehearse: command(
    `node tools/rehearsal/src/main.ts cluster ${name}`,
    'A real Argo CD syncs this cluster from HEAD into its own Kubernetes; with --stage=node, real containers run.',
    { cache: false },
  ),
});

/** Targets of overlays/argo-cd. */
export const argoCdTargets = (): Readonly<Record<string, TargetConfiguration>> => ({
  validate: command(
    'node tools/clusters/src/validate.ts overlays/argo-cd',
    'Render overlays/argo-cd and validate it with kubeconform -strict.',
    {
      inputs: ['manifests', ...validation],
    },
  ),
});

/** Targets for the repository as a whole. */
export const workspaceTargets = (): Readonly<Record<string, TargetConfiguration>> => ({
  lint: command('oxlint --deny-warnings && prettier --check --log-level warn .', 'Lint and check the formatting.', {
    inputs: ['{workspaceRoot}/**/*', '!{workspaceRoot}/dist/**/*', npm('oxlint', 'prettier')],
  }),
  typecheck: command('tsc --project tsconfig.json', 'Check the types and the errors that tests expect.', {
    inputs: ['{workspaceRoot}/{libs,generators,tools}/**/*.ts', '{workspaceRoot}/tsconfig*.json', npm('typescript')],
  }),
  test: command('vitest run tools/documentation/', 'Check that every pointer and link has a target.', {
    inputs: ['{workspaceRoot}/**/*', '!{workspaceRoot}/dist/**/*', npm('vitest', 'node')],
  }),
});
