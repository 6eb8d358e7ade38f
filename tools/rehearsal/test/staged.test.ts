import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { at, parseManifests } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';

interface Group {
  readonly repoURL: string;
  readonly revision: string;
  readonly values: { readonly revision: string };
  readonly directories: readonly { readonly path: string; readonly exclude?: boolean }[];
}

const folder = mkdtempSync(join(tmpdir(), 'staged-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the page tells a reader to add to overlays/argo-cd/kustomization.yaml. */
const pageOf = readFileSync(join(repository, 'tools/documentation/operations/stages.md'), 'utf8');
const [, lines = ''] = /^```yaml\n(.*?)^```$/ms.exec(pageOf) ?? [];

test('with the lines of the page, the first group follows the repository’s branch, and all other clusters follow stable', async () => {
  const copy = join(folder, 'argo-cd');
  cpSync(join(repository, 'overlays/argo-cd'), copy, { recursive: true });
  // A fork that uses the patch has its lines already.
  if (!readFileSync(join(copy, 'kustomization.yaml'), 'utf8').includes('path: staged.yaml'))
    appendFileSync(join(copy, 'kustomization.yaml'), lines);
  const set = parseManifests(await kustomizeBuild(copy)).find(({ kind }) => kind === 'ApplicationSet');
  const groups = (at(set?.spec, 'generators') as readonly { readonly git: Group }[]).map(({ git }) => git);
  const [first, second] = groups;
  expect(groups).toHaveLength(2);
  expect(second?.revision).toBe('stable');
  expect(first?.revision).not.toBe('stable');
  expect(second?.repoURL).toBe(first?.repoURL);
  expect(first?.repoURL).not.toContain('set-from');
  expect(groups.map(({ values }) => values.revision)).toEqual(groups.map(({ revision }) => revision));
  expect(at(set?.spec, 'template', 'spec', 'source', 'targetRevision')).toBe('{{ .values.revision }}');
  // No cluster is in both groups, and none in neither.
  const excluded = second?.directories.filter(({ exclude }) => exclude).map(({ path }) => path) ?? [];
  expect(excluded).toEqual(expect.arrayContaining(first?.directories.map(({ path }) => path) ?? ['none']));
});
