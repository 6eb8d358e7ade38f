/** What a real boto3 sends with the configurations that pods may choose. Without boto3, vitest skips this. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { awsConfigurations, awsFolder, objectStorageAddress } from '@cost-onprem/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checksumHeaders, recorder } from '../checksums.ts';

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;

describe.skipIf(!hasBoto3)('boto3', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checksums-'));
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');

  beforeAll(() => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject];
    execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    for (const [name, { value }] of Object.entries(awsConfigurations.settings))
      writeFileSync(join(folder, name), value ?? '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** @param file path in a pod, which a cluster chooses; only AWS's libraries read it */
  const headersWith = (file: string, ...tls: readonly string[]) => {
    expect(file).toBe(`${awsFolder.mountPath}/${basename(file)}`);
    const env = { PATH: process.env['PATH'], AWS_CONFIG_FILE: join(folder, basename(file)) };
    return checksumHeaders(execFileSync('python3', [recorder, ...tls], { env, encoding: 'utf8' }));
  };

  test('adds no checksum by default, neither in a header nor in a trailer', () => {
    const file = objectStorageAddress.settings['aws-configuration'].value ?? '';
    expect(headersWith(file)).toEqual([]);
    expect(headersWith(file, certificate, key)).toEqual([]);
  });

  test('does as AWS wants where a cluster chooses the style of AWS', () => {
    const sent = headersWith(`${awsFolder.mountPath}/auto`, certificate, key);
    expect(sent).toContain('put_object: x-amz-trailer: x-amz-checksum-crc32');
  });
});
