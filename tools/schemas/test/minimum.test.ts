/** What this repository applies is valid for the oldest versions that its page claims. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { combinations } from '../../clusters/src/combinations.ts';
import { schemaFaults } from '../../clusters/src/kubeconform.ts';
import { readOverlays } from '../../clusters/src/overlays.ts';
import { renderCluster } from '../../clusters/src/render.ts';
import { writeCluster } from '../../clusters/test/chosen-cluster.ts';
import { scratchRepository } from '../../clusters/test/scratch.ts';
import { kustomizeBuild } from '../../manifests/src/kustomize.ts';
import { repository } from '../../repository/src/repository.ts';
import { minimumVersions } from '../src/minimum-versions.ts';
import { kindOf } from '../src/sources.ts';
import type { Schema } from '../src/schema.ts';

const folder = join(repository, 'tools/schemas/minimum');
const location = join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');

/** As few clusters as have every overlay. */
const covering = (): readonly ReadonlySet<string>[] => {
  const seen = new Set<string>();
  return combinations(readOverlays(repository)).filter((choices) => {
    const isNew = [...choices].some((choice) => !seen.has(choice));
    for (const choice of choices) seen.add(choice);
    return isNew;
  });
};

const { root, remove } = scratchRepository();
afterAll(remove);

test('overlays/argo-cd is valid for the oldest Argo CD', async () => {
  expect(await schemaFaults(await kustomizeBuild(join(repository, 'overlays/argo-cd')), location)).toEqual([]);
});

test.for(covering().map((choices, index) => [[...choices].join(' '), choices, index] as const))(
  '%s is valid for the oldest versions',
  async ([, choices, index]) => {
    await writeCluster(root, `oldest-${index}`, choices);
    const { yaml } = await renderCluster(`oldest-${index}`, root);
    // A fault here: raise the version in tools/schemas/src/minimum-versions.ts, and renew the schemas.
    expect(await schemaFaults(yaml, location)).toEqual([]);
  },
);

test('a key that only newer versions have is refused', async () => {
  const yaml = await kustomizeBuild(join(repository, 'overlays/argo-cd'));
  const newer = yaml.replace(/^( *)retry:$/m, '$&\n$1  newerThanTheOldest: true');
  expect(await schemaFaults(newer, location)).toEqual([expect.stringContaining('newerThanTheOldest')]);
});

test('there is a schema for each kind in the table, and for no other', () => {
  const kinds = readdirSync(folder).map((file) =>
    kindOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Schema),
  );
  expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(minimumVersions.flatMap((each) => each.kinds)));
});
