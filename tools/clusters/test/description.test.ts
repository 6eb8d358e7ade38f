/** The schema for editors and the description judge the same files alike: those of clusters, of recipes, and wrong ones. */
import { Ajv } from 'ajv';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../../repository/src/repository.ts';
import { description, shapeFaults } from '../src/description.ts';
import { readYaml } from '../src/yaml.ts';

const schema = JSON.parse(readFileSync(join(repository, 'clusters/kustomization.schema.json'), 'utf8')) as object;
// Editors know more keywords than the standard has.
const accepts = new Ajv({ strict: false }).compile(schema);

const minimal = 'namespace: cost-onprem\n';

/** The YAML blocks of the pages for clusters, each as the end of a file. */
const recipes = globSync('{clusters,overlays/*/*}/README.md', { cwd: repository }).flatMap((file) =>
  [...readFileSync(join(repository, file), 'utf8').matchAll(/```yaml\n([^]*?)```/g)]
    .filter(([, yaml = '']) => /^(components|configMapGenerator|patches|images|replicas):/m.test(yaml))
    .map(([, yaml = ''], index) => [`${file}, recipe ${index + 1}`, minimal + yaml] as const),
);

const own = globSync('clusters/*/kustomization.yaml', { cwd: repository }).map(
  (file) => [file, readFileSync(join(repository, file), 'utf8')] as const,
);

const wrong = globSync('invalid/*/kustomization.yaml', { cwd: import.meta.dirname }).map(
  (file) => [dirname(file), readFileSync(join(import.meta.dirname, file), 'utf8')] as const,
);

const judged = (text: string) => {
  const { documents, faults } = readYaml(text);
  expect(faults).toEqual([]);
  const [{ value } = { value: undefined }] = documents;
  return { faults: shapeFaults(description, value), accepted: accepts(value) };
};

test.each([...own, ...recipes])('%s is accepted', (_, text) => {
  expect(judged(text)).toEqual({ faults: [], accepted: true });
});

describe('the schema refuses what the description refuses', () => {
  // What does not parse, or is no single document, has no value to judge.
  const texts = wrong.filter(([, text]) => {
    const { documents, faults } = readYaml(text);
    return faults.length === 0 && documents.length === 1;
  });

  test.each(texts)('%s', (_, text) => {
    const { faults, accepted } = judged(text);
    expect(accepted).toBe(faults.length === 0);
  });

  test('and there are some of both', () => {
    const refused = texts.filter(([, text]) => judged(text).faults.length > 0);
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.length).toBeLessThan(texts.length);
  });
});

test('the schema says why, where an editor shows it', () => {
  expect(schema).toHaveProperty(
    'properties.helmCharts.errorMessage',
    expect.stringContaining('A cluster may not set helmCharts: '),
  );
});
