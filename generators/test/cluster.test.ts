import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOverlays } from '../../tools/clusters/src/overlays.ts';
import { copyEnvironment, copyRepository } from '../../tools/scratch/src/copy.ts';
import { clusterFiles, settingsIn, type ClusterRequest } from '../cluster/cluster.ts';
import { repository } from '../../tools/repository/src/repository.ts';

const overlays = readOverlays(repository);
const request: ClusterRequest = {
  name: 'north',
  host: 'cost.north.example.com',
  platform: 'kubernetes',
  options: [],
  settings: [],
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

test('the generator puts options in the order that the checks demand', () => {
  const options = ['without-monitoring', 'read-replica', 'without-network-policies'];
  const [text = ''] = Object.values(clusterFiles({ ...request, options }, overlays, new Set()));
  expect([...text.matchAll(/options\/(\S+)/g)].map(([, option]) => option)).toEqual([
    'read-replica',
    'without-monitoring',
    'without-network-policies',
  ]);
});

test.for([
  ['', []],
  ['a.host=x', ['a.host=x']],
  ['a.host=x:9092,y:9092, a.port=9092', ['a.host=x:9092,y:9092', 'a.port=9092']],
  ['a.host=x,b-c.ca.crt=y,z', ['a.host=x', 'b-c.ca.crt=y,z']],
] as const)('the settings in %j', ([text, settings]) => {
  expect(settingsIn(text)).toEqual(settings);
});

describe('a request is refused', () => {
  test('for an unknown platform, with the names of all platforms', () => {
    expect(refusal({ platform: 'opnshift' })).toBe(
      'cluster north: names the platform opnshift, which does not exist; did you mean openshift? there are kubernetes, openshift',
    );
  });

  test('for all its faults at once', () => {
    expect(refusal({ profile: 'huge', options: ['read-replicas'], host: 'cost' }).split('\n')).toHaveLength(3);
  });

  test('for a name that is taken or not valid', () => {
    expect(refusal({ name: 'south' })).toContain('another cluster or project has this name already');
    expect(refusal({ name: 'North_1' })).toContain('is not a valid name');
  });

  test('for a missing host or platform, with their purpose', () => {
    const sentences = refusal({ host: '', platform: '' });
    expect(sentences).toContain('does not set host in public, which every cluster must set: Host name');
    expect(sentences).toContain('names no platform; it must name exactly one of overlays/platforms');
  });

  test.for([
    [{ platform: './kubernetes' }, "./kubernetes is a path; give only the folder's name"],
    [{ storage: 'minimal # large' }, 'names the storage minimal # large, which does not exist'],
    [{ description: 'Small.\nkind: Component' }, 'the description must be one line'],
    [{ host: 'cost.example.com\n' }, 'which is not “host name'],
    [
      { settings: ['kafka-endpoint=9092'] },
      'the setting kafka-endpoint=9092 is not of the form <ConfigMap>.<key>=<value>',
    ],
    [{ kafka: 'external' }, 'does not set host in kafka-endpoint, which a cluster with overlays/kafka/external must'],
    [{ options: ['read-replica', 'read-replica'] }, 'names ../../overlays/options/read-replica twice'],
  ] as const)('for a value that would make a wrong file: %j', ([change, sentence]) => {
    expect(refusal(change)).toContain(sentence);
  });
});

describe('through Nx', () => {
  let copy: string;
  let remove: () => void;
  beforeAll(() => {
    ({ root: copy, remove } = copyRepository('cluster'));
  });
  afterAll(() => remove());

  const generate = (...args: readonly string[]) =>
    spawnSync(
      'nx',
      ['generate', '@cost-onprem/generators:cluster', '--host=cost.example.com', '--platform=kubernetes', ...args],
      { cwd: copy, encoding: 'utf8', env: copyEnvironment },
    );

  test('a cluster is written where Argo CD looks for it, and what to do next is printed', () => {
    const { status, stdout, stderr } = generate('north', '--options=without-monitoring, read-replica');
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toMatch(/Next:\n1\. run npm start/);
    const text = readFileSync(join(copy, 'clusters/north/kustomization.yaml'), 'utf8');
    expect(text).toMatch(
      /^# yaml-language-server: .*\n# Cluster north\.\n[^]*read-replica # options\n.*secrets\/generated.*\n.*platforms\/kubernetes # where it runs\n.*without-monitoring/,
    );
  });

  test('settings with commas are kept, and Secrets that a person brings are named', () => {
    const { status, stdout } = generate(
      'east',
      '--secrets=existing',
      '--settings=koku-settings.KOKU_LOG_LEVEL=DEBUG,public.class=nginx',
      '--settings=koku-settings.RETAIN_NUM_MONTHS=6',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/1\. bring the Secrets .*db-koku-credentials.* npm run secrets -- east/);
    expect(readFileSync(join(copy, 'clusters/east/kustomization.yaml'), 'utf8')).toMatch(
      / - class=nginx\n[^]* - KOKU_LOG_LEVEL=DEBUG\n {6}- RETAIN_NUM_MONTHS=6\n/,
    );
  });

  test.for([
    ['tools-clusters', [], 'another cluster or project has this name already'],
    ['profile-minimal', [], 'another cluster or project has this name already'],
    ['valkey', [], 'another cluster or project has this name already'],
    ['south', ['--profil=production'], "'profil' is not found in schema"],
    ['south', ['--namespace=cost'], "'namespace' is not found in schema"],
  ] as const)('%s %j is refused, and nothing is written', ([name, args, sentence]) => {
    const { status, stderr } = generate(name, ...args);
    expect(status).toBe(1);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(copy, 'clusters', name))).toBe(false);
  });
});
