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

/**
 * Tests of a library depend on its sources, those of its imports, and the files generated from them, so Nx caches them.
 * Tests of tools read the whole repository. No list of inputs can say that without letting every change affect every
 * tool, so Nx does not cache them.
 */
export const testTarget = ({ root, kind }: Place): TargetConfiguration =>
  command(`vitest run ${root}/test/`, 'Run the tests of this project.', {
    dependsOn: ['^build'],
    cache: kind === 'library' || kind === 'overlay',
    inputs: [
      'sources',
      'manifests',
      '^sources',
      '^manifests',
      '{workspaceRoot}/vitest.config.ts',
      npm('vitest', 'node', 'kubernetes-models', 'js-yaml'),
    ],
  });

/**
 * Tests that hold for this project as it is published: its examples and its figures. A fork changes both, so `.ci/run` runs
 * them and `npm test` does not.
 */
export const publishedTestTarget = ({ root }: Place): TargetConfiguration =>
  command(`vitest run ${root}/published-test/`, 'Run the tests of the published examples and figures.', {
    dependsOn: ['^build'],
    cache: false,
  });

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

const rendered = {
  inputs: [
    'manifests',
    '^manifests',
    '^sources',
    '{workspaceRoot}/tools/binaries/*/go.*',
    { dependentTasksOutputFiles: '**/*', transitive: true },
  ],
} as const;

/** Targets of a cluster: render and check it, validate it against the schemas, rehearse it. */
export const clusterTargets = (name: string): Readonly<Record<string, TargetConfiguration>> => ({
  build: command(
    `node tools/clusters/src/build.ts ${name}`,
    'Render this cluster with kustomize and check the result.',
    {
      dependsOn: ['^build'],
      inputs: [...rendered.inputs, npm('node', 'js-yaml', 'citty')],
      outputs: [`{workspaceRoot}/dist/clusters/${name}.yaml`, `{workspaceRoot}/dist/clusters/${name}.json`],
    },
  ),
  validate: command(
    `node tools/clusters/src/validate.ts dist/clusters/${name}.yaml`,
    'Validate the rendered objects with kubeconform -strict.',
    {
      dependsOn: ['build'],
      inputs: [
        { dependentTasksOutputFiles: '**/*.yaml' },
        '{workspaceRoot}/tools/{binaries,clusters}/**/*',
        '{workspaceRoot}/tools/schemas/json/**/*',
        npm('node'),
      ],
    },
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
      inputs: [
        'manifests',
        '{workspaceRoot}/tools/{binaries,clusters}/**/*',
        '{workspaceRoot}/tools/schemas/json/**/*',
        npm('node'),
      ],
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
