import { expect, test } from 'vitest';
import { parseKustomization } from '../../../../tools/clusters/src/kustomization.ts';
import { exampleText } from '../../../../tools/scratch/src/examples.ts';
import { withKafka } from '../modes.ts';

test('a cluster’s settings of Kafka can be changed', () => {
  const text = exampleText('example-kubernetes-external');
  const changed = withKafka(['port=9092'])(text);
  const { literals } =
    parseKustomization(changed).configMapGenerator?.find(({ name }) => name === 'kafka-endpoint') ?? {};
  expect(literals).toEqual(['host=kafka.example.com', 'port=9092']);
});
