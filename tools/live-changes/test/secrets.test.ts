import { expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { refusedChanges } from '../src/refused.ts';

const configMap = (name: string, data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

const cluster = (choice: string, lines: string, hash: string): readonly Manifest[] => [
  configMap('secrets-choice-ghk2456789', { choice }),
  configMap(`make-store-${hash}`, { store: lines }),
];

const one = cluster('generated', 'password 32\n', 'mmmmmmmmmm');

test('a Secret that is there already cannot get another key: the Job that makes Secrets may change none', () => {
  const two = cluster('generated', 'password 32\nreplication-password 32\n', 'bbbbbbbbbb');
  expect(refusedChanges(one, two).map(({ sentence }) => sentence)).toEqual([
    'Secret/store gains replication-password, which one that is there already would never get, for the Job may only make whole ones: declare another Secret',
  ]);
  expect(refusedChanges(two, one)).toEqual([]);
});

test('a new Secret may come, a length may change, and whoever else makes them adds keys', () => {
  const more = [...one, configMap('make-shop-cccccccccc', { shop: 'key 50\n' })];
  expect(refusedChanges(one, more)).toEqual([]);
  expect(refusedChanges(one, cluster('generated', 'password 40\n', 'dddddddddd'))).toEqual([]);
  const sealed = (lines: string) => cluster('sealed', lines, 'eeeeeeeeee');
  expect(refusedChanges(sealed('password 32\n'), sealed('password 32\nother 32\n'))).toEqual([]);
});
