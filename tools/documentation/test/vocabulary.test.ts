/** The page about the vocabulary shows code that compiles, and what follows from it is what the page says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationBases, type KubernetesObject } from '@cost-onprem/kit';
import { expect, test } from 'vitest';
import example from './notes.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

test('the code on the page is the example, which the type check compiles', () => {
  const blocks = [...read('../vocabulary.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(blocks.join('\n')).toBe(read('notes.ts'));
});

test('the example has what the page promises: ports, a scrape, paths, and a wait for the database', () => {
  const objects = applicationBases(example, [example])['.']?.objects['notes.yaml'] ?? [];
  const named = (kind: string): unknown =>
    objects.find((object: KubernetesObject) => (object.toJSON() as { kind: string }).kind === kind)?.toJSON();
  expect(named('Service')).toMatchObject({ spec: { ports: [{ port: 8080 }, { port: 9000 }] } });
  expect(named('ServiceMonitor')).toMatchObject({ spec: { endpoints: [{ port: 'metrics', path: '/metrics' }] } });
  expect(named('Deployment')).toMatchObject({
    spec: {
      template: {
        metadata: {
          labels: {
            'reaches.cost-onprem/db-notes.postgres': 'true',
            'reaches.cost-onprem/valkey.redis': 'true',
          },
        },
        spec: { initContainers: [{ name: 'wait-for-db-notes' }] },
      },
    },
  });
});
