/** Which clusters get external servers in a rehearsal, and which it refuses because of other host names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../manifests/src/manifest.ts';
import { repository } from '../../repository/src/repository.ts';
import { assertHosts, externalOverlays, needsExternalServers } from '../src/external-servers/external-servers.ts';

const map = (name: string, data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

test.each(externalOverlays)('a cluster with %s needs them, and there is such an overlay', (overlay) => {
  expect(needsExternalServers(new Set(['profiles/minimal', overlay]))).toBe(true);
  expect(existsSync(join(repository, 'overlays', overlay, 'kustomization.yaml'))).toBe(true);
});

test('a cluster needs none for its own host name', () => {
  expect(needsExternalServers(new Set(['kafka/single-node', 'secrets/external', 'profiles/minimal']))).toBe(false);
});

test('another host name is refused with the name that the rehearsal serves', () => {
  const overlays = new Set(['options/external-postgresql', 'object-storage/external']);
  const objects = [
    map('db-koku-endpoint-0123456789', { host: 'db.corp.internal' }),
    map('object-storage-endpoint-0123456789', { host: 's3.example.com:9000', scheme: 'https' }),
    map('kafka-endpoint-0123456789', { host: 'kafka' }),
  ];
  expect(() => assertHosts('clusters/north/kustomization.yaml', overlays, objects)).toThrow(
    /^clusters\/north\/kustomization\.yaml: db-koku-endpoint names db\.corp\.internal; on a real node it must be postgresql\.example\.com$/,
  );
});
