/** Sizes after Kustomize has put them together: on a made-up shop, which waits for a server that two overlays may bring. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  application,
  applicationBases,
  endpoints,
  profileComponent,
  workload,
  type AnyProfile,
} from '@cost-onprem/kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kustomizeBuild } from '../../tools/manifests/src/kustomize.ts';
import { parseManifests, podTemplateOf } from '../../tools/manifests/src/manifest.ts';
import { below, folderFiles } from '../src/folder.ts';
import { toYaml } from '../src/yaml.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sizes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const server = (name: string) => endpoints(name, { http: 8080 }).http;

const shop = workload({
  name: 'shop',
  purpose: 'Sells.',
  kind: 'Deployment',
  image: 'registry.example.com/shop:1',
  wave: 'application',
  connects: [
    { to: server('rates'), when: 'options/exchange-rates', waitFor: ['rates-answer'] },
    { to: server('stock'), waitFor: ['stock-answers'] },
    { to: server('reports'), when: 'options/sentry', waitFor: ['reports-answer'] },
    { to: server('till'), waitFor: ['till-answers'] },
  ],
});

const profile: AnyProfile = {
  name: 'small',
  purpose: 'A few customers.',
  services: { shop: { replicas: 2, millicores: [100, 1000], mebibytes: [256, 1024] } },
  jobs: {},
  cronJobs: {},
  sidecars: {},
  nodePools: {},
  connections: {},
  waitFor: { millicores: [5, 150], mebibytes: [16, 64] },
  settings: {},
};

/** Memory limits of the shop's init containers, in a cluster with these overlays. */
const limits = async (overlays: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
  const files = {
    ...Object.assign(
      {},
      ...Object.entries(
        applicationBases(application({ name: 'market', bases: { '.': { workloads: [shop] } } }), []),
      ).map(([folder, base]) => below(join('base', folder), folderFiles(base, 'libs/market/src'))),
    ),
    ...below('profile', folderFiles(profileComponent(profile, [shop], {}), 'libs/profiles/src/small.ts')),
    'cluster/kustomization.yaml': toYaml({
      resources: ['../base'],
      components: [...overlays.map((overlay) => `../base/when/${overlay}`), '../profile'],
    }),
  } as Readonly<Record<string, string>>;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const deployment = parseManifests(await kustomizeBuild(join(root, 'cluster'))).find(
    ({ kind }) => kind === 'Deployment',
  );
  const { initContainers = [] } = (deployment && podTemplateOf(deployment)?.spec) ?? {};
  return Object.fromEntries(initContainers.map(({ name, resources }) => [name, resources?.limits?.['memory']]));
};

test.for([
  { overlays: [] },
  { overlays: ['options/sentry'] },
  { overlays: ['options/exchange-rates', 'options/sentry'] },
])(
  'each init container has a size, also with what $overlays add',
  async ({ overlays }: { readonly overlays: readonly string[] }) => {
    expect(await limits(overlays)).toEqual({
      'wait-for-stock': '64Mi',
      'wait-for-till': '64Mi',
      ...(overlays.includes('options/exchange-rates') && { 'wait-for-rates': '128Mi' }),
      ...(overlays.includes('options/sentry') && { 'wait-for-reports': '128Mi' }),
    });
  },
);
