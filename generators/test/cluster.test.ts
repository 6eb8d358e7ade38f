import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clusterNames } from '../../tools/clusters/src/render.ts';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { clusterFiles, type ClusterRequest } from '../cluster/cluster.ts';
import { repository } from '../../tools/repository/src/repository.ts';

const overlays = readOverlays(repository);
const request: ClusterRequest = {
  name: 'north',
  host: 'cost.north.example.com',
  platform: 'kubernetes',
  stack: 'without-trino',
  profile: 'minimal',
  storage: 'minimal',
  options: [],
  namespace: 'cost-onprem',
  description: 'A cluster in the north.',
};

const refusal = (change: Partial<ClusterRequest>): string => {
  try {
    clusterFiles({ ...request, ...change }, overlays, new Set(['south']));
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

test.for(clusterNames())('the generator writes %s as it stands, to the byte', (name) => {
  const path = `clusters/${name}/kustomization.yaml`;
  const text = readFileSync(join(repository, path), 'utf8');
  const [platform = '', profile = ''] = name.split('-');
  const made = clusterFiles(
    {
      ...request,
      name,
      platform,
      profile,
      storage: profile,
      options: [...text.matchAll(/overlays\/options\/(\S+)/g)].map(([, option = '']) => option),
      host: /host=(.*)/.exec(text)?.[1] ?? '',
      description: /^# (.*)/.exec(text)?.[1] ?? '',
    },
    overlays,
    new Set(),
  );
  expect(made).toEqual({ [path]: text });
});

test('options come in their lawful order, however they were named', () => {
  const options = ['without-monitoring', 'read-replica', 'without-network-policies'];
  const [text = ''] = Object.values(clusterFiles({ ...request, options }, overlays, new Set()));
  expect([...text.matchAll(/options\/(\S+)/g)].map(([, option]) => option)).toEqual([
    'read-replica',
    'without-monitoring',
    'without-network-policies',
  ]);
});

describe('a request is refused', () => {
  test('for an unknown platform, with those that there are', () => {
    expect(refusal({ platform: 'opnshift' })).toBe(
      'cluster north: names the platform opnshift, which does not exist; did you mean openshift? there are kubernetes, openshift',
    );
  });

  test('for all its faults at once', () => {
    expect(refusal({ profile: 'huge', options: ['read-replicas'], host: 'cost' }).split('\n')).toHaveLength(3);
  });

  test('for a name that is taken, or that is none', () => {
    expect(refusal({ name: 'south' })).toContain('is the name of another cluster or project already');
    expect(refusal({ name: 'North_1' })).toContain('is no name for a cluster');
  });
});
