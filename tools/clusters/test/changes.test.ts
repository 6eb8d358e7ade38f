/** Changes that a cluster may make itself, and that the checks must accept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { at, type Manifest } from '../../manifests/src/manifest.ts';
import { renderCluster } from '../src/render.ts';
import { scratchRepository } from './scratch.ts';

const { root, remove } = scratchRepository();
afterAll(remove);

const minimal = `namespace: cost-onprem
resources:
  - ../../overlays/stacks/without-trino
components:
  - ../../overlays/kafka/single-node
  - ../../overlays/object-storage/embedded
  - ../../overlays/secrets/generated
  - ../../overlays/platforms/kubernetes/
  - ../../overlays/storage/minimal
  - ../../overlays/profiles/minimal
configMapGenerator:
  - name: public
    behavior: merge
    literals: [host=cost.example.com]
`;

/** Renders a small cluster with more lines at the end of its file, and other files beside it. */
const render = async (more: string, files: Readonly<Record<string, string>> = {}): Promise<readonly Manifest[]> => {
  const folder = join(root, 'clusters/changed');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ 'kustomization.yaml': minimal + more, ...files })) {
    writeFileSync(join(folder, name), text);
  }
  return (await renderCluster('changed', root)).objects;
};

const patch = (selector: string) => `patches:
  - target: { kind: Deployment, labelSelector: "${selector}" }
    patch: |
      - op: add
        path: /spec/minReadySeconds
        value: 7
`;

const patched = (objects: readonly Manifest[]): readonly string[] =>
  objects.filter(({ spec }) => at(spec, 'minReadySeconds') === 7).map(({ metadata }) => metadata.name);

test('a slash after an overlay changes nothing', async () => {
  expect((await render('')).length).toBeGreaterThan(100);
});

test('files of its own, next to patches', async () => {
  const more = `  - name: trusted-ca
    behavior: merge
    files: [ca-bundle.crt]
${patch('app.kubernetes.io/name=koku-masu')}`;
  const objects = await render(more, { 'ca-bundle.crt': 'a certificate\n' });
  const bundle = objects.find(({ metadata }) => metadata.name.startsWith('trusted-ca-'));
  expect(bundle?.data).toEqual({ 'ca-bundle.crt': 'a certificate\n' });
  expect(patched(objects)).toEqual(['koku-masu']);
  expect(JSON.stringify(objects)).not.toContain('"name":"trusted-ca"');
});

test.for([
  ['app.kubernetes.io/name in (koku-masu, koku-gateway)', ['koku-gateway', 'koku-masu']],
  [
    'app.kubernetes.io/name in (koku-gateway, koku-masu),app.kubernetes.io/component notin (koku,monitoring)',
    ['koku-gateway'],
  ],
  ['app.kubernetes.io/component=gateway,!missing', ['koku-gateway']],
  ['app.kubernetes.io/component = gateway', ['koku-gateway']],
] as const)('a patch for the labels %s', async ([selector, names]) => {
  expect(patched(await render(patch(selector)))).toEqual(names);
});

test('a patch for labels of no object is still refused', async () => {
  const nothing = 'app.kubernetes.io/name in (koku-masu),app.kubernetes.io/name notin (koku-masu)';
  await expect(render(patch(nothing))).rejects.toThrow('which matches no object of this cluster');
});
