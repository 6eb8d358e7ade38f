/** The smallest possible images, created here. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Running } from './registry.ts';

const digestOf = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** A tar archive with one small file (POSIX ustar). */
const archive = (name: string, content: string): Buffer => {
  const header = Buffer.alloc(512);
  const fields: readonly (readonly [number, string])[] = [
    [0, name],
    [100, '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${content.length.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    // The checksum counts its own bytes as spaces.
    [148, '        '],
    [156, '0'],
    [257, 'ustar\x0000'],
  ];
  for (const [offset, text] of fields) header.write(text, offset, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content, 'latin1');
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
};

const upload = async (base: string, blob: Buffer): Promise<void> => {
  const { headers } = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(headers.get('location') ?? '', base);
  place.searchParams.set('digest', digestOf(blob));
  const { status } = await fetch(place, {
    method: 'PUT',
    body: Uint8Array.from(blob),
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  if (status !== 201) throw new Error(`the registry refuses a blob: ${status}`);
};

const putManifest = async (base: string, reference: string, mediaType: string, body: Buffer): Promise<void> => {
  const { status } = await fetch(`${base}/manifests/${reference}`, {
    method: 'PUT',
    body: Uint8Array.from(body),
    headers: { 'Content-Type': mediaType },
  });
  if (status !== 201) throw new Error(`the registry refuses a manifest: ${status}`);
};

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

const oci = 'application/vnd.oci.image';

/** This machine's architecture, as images name it. */
const ownArchitecture = process.arch === 'x64' ? 'amd64' : process.arch;

/** An image in a registry, by the digests of its parts. */
export interface Pushed {
  readonly digest: string;
  readonly layer: string;
}

/**
 * Creates an image with one file, which no other image has, and pushes it to a registry without a password.
 * @param repository with the tag, `<path>:<tag>`
 * @param architecture of the machines that it is for
 */
export const push = async (
  registry: Running,
  repository: string,
  architecture: string = ownArchitecture,
): Promise<Pushed> => {
  const [path = '', tag = ''] = repository.split(':');
  const base = `http://${registry.address}/v2/${path}`;
  const platform = { architecture, os: 'linux' };
  const files = archive('name', `${repository} ${crypto.randomUUID()}\n`);
  const layer = gzipSync(files);
  const image = json({ ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [digestOf(files)] } });
  const part = (mediaType: string, content: Buffer) => ({
    mediaType: `${oci}.${mediaType}`,
    digest: digestOf(content),
    size: content.length,
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: part('config.v1+json', image),
    layers: [part('layer.v1.tar+gzip', layer)],
  });
  const index = json({
    schemaVersion: 2,
    mediaType: `${oci}.index.v1+json`,
    manifests: [{ ...part('manifest.v1+json', manifest), platform }],
  });
  await upload(base, layer);
  await upload(base, image);
  await putManifest(base, digestOf(manifest), `${oci}.manifest.v1+json`, manifest);
  await putManifest(base, tag, `${oci}.index.v1+json`, index);
  return { digest: digestOf(index), layer: digestOf(layer) };
};
