/** The examples of a fresh clone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { parseKustomization } from '../../tools/clusters/src/kustomization.ts';
import { choices } from '../../tools/clusters/src/layers.ts';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { clusterNames } from '../../tools/repository/src/clusters.ts';
import { repository } from '../../tools/repository/src/repository.ts';
import { exampleNames, exampleText } from '../../tools/scratch/src/examples.ts';
import { clusterFiles } from '../cluster/cluster.ts';

const overlays = readOverlays(repository);

/** The settings that a cluster's file merges in addition to its host, in the generator's form. */
const settingsOf = (text: string): readonly string[] =>
  (parseKustomization(text).configMapGenerator ?? []).flatMap(({ name = '', literals = [] }) =>
    name === 'public' ? [] : literals.map((literal) => `${name}.${literal}`),
  );

test.for(exampleNames)('the generator writes %s exactly as it is committed', (name) => {
  const path = `clusters/${name}/kustomization.yaml`;
  const text = readFileSync(join(repository, path), 'utf8');
  const chosen = (folder: string): string => new RegExp(String.raw`overlays/${folder}/(\S+)`).exec(text)?.[1] ?? '';
  const made = clusterFiles(
    {
      name,
      ...Object.fromEntries(choices.map(({ argument, folder }) => [argument, chosen(folder)])),
      options: [...text.matchAll(/overlays\/options\/(\S+)/g)].map(([, option = '']) => option),
      host: /host=(.*)/.exec(text)?.[1] ?? '',
      settings: settingsOf(text),
      description: /^# (?!yaml-language-server)(.*)/m.exec(text)?.[1] ?? '',
    },
    overlays,
    new Set(),
  );
  // The generator does not add files: someone puts ca-bundle.crt beside the cluster's file by hand.
  expect(made).toEqual({ [path]: text.replace(/^ {2}- name: trusted-ca .*\n(?: {4}.*\n)+/m, '') });
});

test('are the clusters that the tests use', () => {
  expect(clusterNames()).toEqual(exampleNames);
  for (const name of exampleNames) {
    const text = readFileSync(join(repository, 'clusters', name, 'kustomization.yaml'), 'utf8');
    expect(load(text)).toEqual(load(exampleText(name)));
  }
});
