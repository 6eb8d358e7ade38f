import { combinedWorkers, splitWorkers } from '@cost-onprem/contracts';
import { checkProfile } from '@cost-onprem/kit';
import { describe, expect, test } from 'vitest';
import { minimal, profiles, storages } from '../src/index.ts';
import { checkDatabases } from '../src/memory.ts';

describe('the check refuses a profile', () => {
  test('with a request over its limit', () => {
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

  test('with a heap that does not fit into the memory of its node', () => {
    const profile = {
      ...minimal,
      nodePools: { 'dual-role': { ...minimal.nodePools['dual-role'], mebibytes: [768, 1536] as const, heap: 1400 } },
    };
    expect(() => checkProfile(profile, [])).toThrow(
      'dual-role has a heap of 1400 Mi and needs 256 Mi beside it, over its limit of 1536',
    );
  });

  test('with a range of replicas that ends below its start', () => {
    const profile = {
      ...minimal,
      services: {
        ...minimal.services,
        'koku-gateway': { ...minimal.services['koku-gateway'], replicas: { from: 3, to: 2 } },
      },
    };
    expect(() => checkProfile(profile, [])).toThrow(
      'koku-gateway has 3 to 2 replicas; a range starts at 1 or more and ends above its start',
    );
  });

  test('with too little memory for the connections of a database server', () => {
    const size = { replicas: 1, millicores: [500, 1000], mebibytes: [1000, 2000] } as const;
    const services = { ...minimal.services, 'db-koku': size, 'db-koku-replica': size };
    expect(() =>
      checkDatabases({ ...minimal, services, connections: { ...minimal.connections, 'db-koku': 200 } }),
    ).toThrow(
      'profile minimal: db-koku needs 2548 Mi for 200 connections, over its limit of 2000; db-koku-replica needs',
    );
  });

  test('with two replicas of a singleton', () => {
    const profile = {
      ...minimal,
      services: { ...minimal.services, 'db-koku': { ...minimal.services['db-koku'], replicas: 2 } },
    };
    expect(() => checkProfile(profile, ['db-koku'])).toThrow('db-koku has 2 replicas; it must have exactly 1');
  });
});

test('dev has one replica of each workload, half of the requests of minimal, and the same limits', () => {
  const dev = profiles.find(({ name }) => name === 'dev');
  const { millicores, mebibytes } = minimal.services['koku-api-reads'];
  expect(dev?.services['koku-api-reads']).toEqual({
    replicas: 1,
    millicores: [Math.ceil(millicores[0] / 2), millicores[1]],
    mebibytes: [Math.ceil(mebibytes[0] / 2), mebibytes[1]],
  });
});

test('in every profile, workers of the queue ocp have at least the 1 Gi without which the kernel killed them', () => {
  for (const { services } of profiles)
    for (const worker of [...combinedWorkers, ...splitWorkers].filter(({ queues }) => queues.includes('ocp')))
      expect([worker.name, services[worker.name].mebibytes[1] >= 1024]).toEqual([worker.name, true]);
});

test('a larger storage has no smaller disk than the one below it, so that a cluster can change to it', () => {
  const [small, large] = storages.map(
    ({ gibibytes, nodePools }) => new Map(Object.entries<number>({ ...gibibytes, ...nodePools })),
  );
  const shrinking = [...(small ?? [])].filter(([claim, size]) => (large?.get(claim) ?? 0) < size);
  expect(shrinking).toEqual([]);
});
