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

test('an existing Secret cannot get another key, because the Job may not change Secrets', () => {
  const two = cluster('generated', 'password 32\nreplication-password 32\n', 'bbbbbbbbbb');
  expect(refusedChanges(one, two).map(({ sentence }) => sentence)).toEqual([
    'Secret/store gains replication-password, but an existing Secret would not get the key, because the Job may only create Secrets: declare another Secret',
  ]);
  expect(refusedChanges(two, one)).toEqual([]);
});

test('a new Secret may appear and a length may change; other ways to create Secrets may add keys', () => {
  const more = [...one, configMap('make-shop-cccccccccc', { shop: 'key 50\n' })];
  expect(refusedChanges(one, more)).toEqual([]);
  expect(refusedChanges(one, cluster('generated', 'password 40\n', 'dddddddddd'))).toEqual([]);
  const sealed = (lines: string) => cluster('sealed', lines, 'eeeeeeeeee');
  expect(refusedChanges(sealed('password 32\n'), sealed('password 32\nother 32\n'))).toEqual([]);
});
