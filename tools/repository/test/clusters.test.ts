/** The rule of what a cluster is, on folders of a scratch repository, and its agreement with the ApplicationSet. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applicationPrefix, checkFolders, clusterFault, clusterNames } from '../src/clusters.ts';
import { repository } from '../src/repository.ts';

let root = '';
const write = (...files: readonly string[]): void => {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    if (!file.endsWith('/')) writeFileSync(join(root, file), '');
    else mkdirSync(join(root, file), { recursive: true });
  }
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clusters-test-'));
  write('package.json', 'libs/koku/src/index.ts', 'tools/laws/src/index.ts', 'generators/package.json');
  write('overlays/argo-cd/kustomization.yaml', 'overlays/options/sentry/kustomization.yaml');
  write('clusters/README.md', 'clusters/north/kustomization.yaml', 'clusters/example-south/kustomization.yaml');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const faults = (): readonly string[] => {
  try {
    checkFolders(root);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};

test('a folder with kustomization.yaml is a cluster, whatever files it has besides', () => {
  write('clusters/north/ca.crt', 'clusters/north/patches/kustomization.yaml', 'clusters/0/kustomization.yaml');
  expect(faults()).toEqual([]);
  expect(clusterNames(root)).toEqual(['0', 'example-south', 'north']);
});

const long = 'x'.repeat(52);
const letters = 'is not a valid name: use a-z, 0-9 and -, with no - at either end; rename the folder';
const project = (name: string, folder: string) =>
  `has the name of the Nx project ${name} (${folder}); rename the folder`;

/** What is in clusters/, the folder that is refused, and the sentence behind its name. */
const refused: readonly (readonly [file: string, folder: string, sentence: string])[] = [
  ['clusters/west/kustomization.yml', 'clusters/west', 'has kustomization.yml; rename it to kustomization.yaml'],
  ['clusters/west/Kustomization', 'clusters/west', 'has Kustomization; rename it to kustomization.yaml'],
  [
    'clusters/north/Kustomization',
    'clusters/north',
    'has both kustomization.yaml and Kustomization; remove Kustomization',
  ],
  [
    'clusters/west/',
    'clusters/west',
    'is empty; every folder of clusters/ is a cluster: add kustomization.yaml, or move the folder elsewhere',
  ],
  [
    'clusters/common/patch.yaml',
    'clusters/common',
    'has no kustomization.yaml; every folder of clusters/ is a cluster: add kustomization.yaml, or move',
  ],
  [
    'clusters/eu/north/kustomization.yaml',
    'clusters/eu',
    'has no kustomization.yaml, but its folder north has; a cluster is a folder directly in clusters/: move clusters/eu/north to clusters/eu-north',
  ],
  ['clusters/west/kustomization.yaml/', 'clusters/west', 'has a kustomization.yaml that is no file'],
  [
    'clusters/north/project.json',
    'clusters/north',
    'has project.json, which would replace the checks of this cluster in Nx; remove it',
  ],
  ['clusters/north/deep/package.json', 'clusters/north', 'has package.json, which would replace'],
  ['clusters/North_1/kustomization.yaml', 'clusters/North_1', letters],
  ['clusters/-north/kustomization.yaml', 'clusters/-north', letters],
  ['clusters/north.west/kustomization.yaml', 'clusters/north.west', letters],
  ['clusters/a;touch x;b/kustomization.yaml', 'clusters/a;touch x;b', letters],
  ['clusters/a\nb/kustomization.yaml', String.raw`clusters/a\nb`, letters],
  ['clusters/.hidden/kustomization.yaml', 'clusters/.hidden', letters],
  [
    `clusters/${long}/kustomization.yaml`,
    `clusters/${long}`,
    'has a name of 52 characters; use up to 51, because its Application is called cost-onprem-<name> and may have 63; rename the folder',
  ],
  ['clusters/workspace/kustomization.yaml', 'clusters/workspace', project('workspace', '.')],
  ['clusters/koku/kustomization.yaml', 'clusters/koku', project('@cost-onprem/koku', 'libs/koku')],
  ['clusters/tools-laws/kustomization.yaml', 'clusters/tools-laws', project('tools-laws', 'tools/laws')],
  [
    'clusters/option-sentry/kustomization.yaml',
    'clusters/option-sentry',
    project('option-sentry', 'overlays/options/sentry'),
  ],
  ['clusters/argo-cd/kustomization.yaml', 'clusters/argo-cd', project('argo-cd', 'overlays/argo-cd')],
  ['clusters/generators/kustomization.yaml', 'clusters/generators', project('@cost-onprem/generators', 'generators')],
  ['libs/a;touch x;b/src/index.ts', 'libs/a;touch x;b', letters],
  ['tools/$(x)/src/index.ts', 'tools/$(x)', letters],
  ['overlays/options/a b/kustomization.yaml', 'overlays/options/a b', letters],
  [
    'overlays/tools/laws/kustomization.yaml',
    'tools/laws',
    'is the project tools-laws in Nx, as overlays/tools/laws is; rename one of the folders',
  ],
];

describe('is refused by its name, with the way out', () => {
  test.for(refused)('%s', ([file, folder, sentence]) => {
    write(file);
    const [first = '', ...rest] = faults();
    expect(rest).toEqual([]);
    expect(first).toContain(`${folder}: ${sentence}`);
    expect(clusterNames(root)).toEqual(['example-south', 'north'].filter((name) => folder !== `clusters/${name}`));
  });

  test('a link to a cluster, and a link in one', () => {
    symlinkSync('north', join(root, 'clusters/west'));
    symlinkSync('../north/kustomization.yaml', join(root, 'clusters/example-south/more.yaml'));
    expect(faults()).toEqual([
      'clusters/example-south: has the link more.yaml; put the file itself there, because Argo CD and the cache of Nx do not follow links',
      'clusters/west: is a link, which Argo CD does not follow; put the cluster’s folder itself there',
    ]);
  });

  test('everything at once', () => {
    write('clusters/west/', 'clusters/North_1/', 'clusters/koku/');
    expect(faults()).toHaveLength(3);
  });
});

test.for([
  ['north', 'a cluster'],
  ['north/patches', 'clusters/north/patches: a cluster is a folder directly in clusters/'],
  ['eu/north', 'clusters/eu: has no kustomization.yaml, but its folder north has'],
  ['..', `clusters/..: ${letters}`],
] as const)('the path %s of a command', ([path, sentence]) => {
  write('clusters/eu/north/kustomization.yaml');
  expect(clusterFault(path, root) ?? 'a cluster').toContain(sentence);
});

describe('the ApplicationSet', () => {
  const { spec } = load(readFileSync(join(repository, 'overlays/argo-cd/application-set.yaml'), 'utf8')) as {
    readonly spec: {
      readonly generators: readonly {
        readonly git?: { readonly directories: readonly { readonly path: string; readonly exclude?: boolean }[] };
      }[];
      readonly template: { readonly metadata: { readonly name: string } };
    };
  };
  const directories = spec.generators.flatMap(({ git }) => git?.directories ?? []);
  /** Argo CD takes a folder that a glob matches, unless one with `exclude` matches, too. */
  const isDeployed = (folder: string): boolean => {
    const matching = directories.filter(({ path }) => matchesGlob(folder, path));
    return matching.length > 0 && matching.every(({ exclude }) => !exclude);
  };

  test('deploys every cluster except the examples, and nothing below a cluster', () => {
    expect(['north', 'x', 'example'].map((name) => isDeployed(`clusters/${name}`))).toEqual([true, true, true]);
    expect(['clusters/example-south', 'clusters/north/patches', 'overlays/options'].map(isDeployed)).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('names Applications as the rule for the length of a name assumes', () => {
    expect(spec.template.metadata.name).toBe(`${applicationPrefix}{{ .path.basename }}`);
  });
});
