import { combinedWorkers, splitWorkers } from '@cost-onprem/contracts';
import { checkProfile } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { minimal, profiles, storages } from '../src/index.ts';
import { checkDatabases } from '../src/memory.ts';

describe('a profile is refused', () => {
  test('when a request is over its limit', () => {
    const profile = {
      ...minimal,
      services: {
        ...minimal.services,
        valkey: { ...minimal.services.valkey, mebibytes: [600, 512] as const },
      },
    };
    expect(() => checkProfile(profile, [])).toThrow(
      'profile minimal: valkey requests 600 mebibytes, over its limit of 512',
    );
  });

  test('when the heap of a node does not fit its memory', () => {
    const profile = {
      ...minimal,
      nodePools: { 'dual-role': { ...minimal.nodePools['dual-role'], heap: 1400 } },
    };
    expect(() => checkProfile(profile, [])).toThrow(
      'dual-role has a heap of 1400 Mi; with 256 Mi beside it that is over the limit of 1536',
    );
  });

  test('when a range of replicas ends before it begins', () => {
    const profile = {
      ...minimal,
      services: {
        ...minimal.services,
        'koku-gateway': { ...minimal.services['koku-gateway'], replicas: { from: 3, to: 2 } },
      },
    };
    expect(() => checkProfile(profile, [])).toThrow(
      'koku-gateway has 3 to 2 replicas; a range begins at 1 or more, and ends above that',
    );
  });

  test('when a database server has too little memory for its connections', () => {
    expect(() => checkDatabases({ ...minimal, connections: { ...minimal.connections, 'db-koku': 200 } })).toThrow(
      'profile minimal: db-koku needs 2548 Mi for 200 connections, over its limit of 2000; db-koku-replica needs',
    );
  });

  test('when a workload that must be alone has company', () => {
    const profile = {
      ...minimal,
      services: { ...minimal.services, 'db-koku': { ...minimal.services['db-koku'], replicas: 2 } },
    };
    expect(() => checkProfile(profile, ['db-koku'])).toThrow('db-koku has 2 replicas; it must have exactly 1');
  });
});

test('dev is one replica of everything, with half of minimal’s requests and its limits', () => {
  const dev = profiles.find(({ name }) => name === 'dev');
  expect(dev?.services['koku-api-reads']).toEqual({
    replicas: 1,
    millicores: [150, 600],
    mebibytes: [250, 1024],
  });
});

test('in every profile, what takes the queue ocp has the limit without which it was killed', () => {
  for (const { services } of profiles)
    for (const worker of [...combinedWorkers, ...splitWorkers].filter(({ queues }) => queues.includes('ocp')))
      expect([worker.name, services[worker.name].mebibytes[1]]).toEqual([worker.name, 1024]);
});

test('a larger storage is at least as large for every claim and node, so that a cluster can move up', () => {
  const [small, large] = storages.map(
    ({ gibibytes, nodePools }) => new Map(Object.entries<number>({ ...gibibytes, ...nodePools })),
  );
  const shrinking = [...(small ?? [])].filter(([claim, size]) => (large?.get(claim) ?? 0) < size);
  expect(shrinking).toEqual([]);
});
