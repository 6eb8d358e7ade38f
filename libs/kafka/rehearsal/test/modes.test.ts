import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseKustomization } from '../../../../tools/clusters/src/kustomization.ts';
import { repository } from '../../../../tools/repository/src/repository.ts';
import { withKafka } from '../modes.ts';

test('a cluster’s settings of Kafka can be changed', () => {
  const text = readFileSync(join(repository, 'clusters/example-kubernetes-external/kustomization.yaml'), 'utf8');
  const changed = withKafka(['port=9092'])(text);
  const { literals } =
    parseKustomization(changed).configMapGenerator?.find(({ name }) => name === 'kafka-endpoint') ?? {};
  expect(literals).toEqual(['host=kafka.example.com', 'port=9092']);
});
