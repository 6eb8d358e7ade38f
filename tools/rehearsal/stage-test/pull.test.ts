import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { pullImages, type Pulled } from '../src/images/pull.ts';
import type { Running } from './registry.ts';
import { ctr, makeScene, makeSetting, name, reader, type Scene, type Setting } from './scene.ts';
import { push } from './tiny-image.ts';

let scene: Scene;
let setting: Setting;
let open: Running;
let locked: Running;
let tokened: Running;
let secure: Running;
beforeAll(async () => {
  scene = await makeScene();
  ({ open, locked, tokened, secure } = scene);
});
afterAll(() => scene?.end());
beforeEach(async () => {
  setting = await makeSetting(scene);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await setting.proxy.stop();
});

/** Names of the node's images. */
const images = (): readonly string[] => ctr(scene, 'images', 'ls', '--quiet').trim().split('\n');

const pullOne = async (reference: string): Promise<Pulled> => {
  const result = (await pullImages(scene.first, [reference])).get(reference);
  if (!result) throw new Error(`there is no result for ${reference}`);
  return result;
};

/** The kind and the sentence of a refusal. Checks that the node does not have the image. */
const refused = async (reference: string): Promise<string> => {
  const result = await pullOne(reference);
  if ('digest' in result || images().includes(reference)) throw new Error(`${reference} was pulled`);
  return `${result.refusal}: ${result.sentence}`;
};

const credentials = (key: string, password: string = reader.password): string =>
  JSON.stringify({ auths: { [key]: { auth: Buffer.from(`${reader.user}:${password}`).toString('base64') } } });

describe('an image is pulled', () => {
  test('from a registry on the loopback, complete, unpacked, and known to the kubelet’s interface', async () => {
    const { digest } = await push(open, 'loopback/tiny:1');
    const reference = `${open.address}/loopback/tiny:1`;
    expect(await pullOne(reference)).toEqual({ digest });
    const [, line = ''] = ctr(scene, 'images', 'check', `name==${reference}`).trim().split('\n');
    expect(line).toMatch(/ complete .* true$/);
    await expect
      .poll(() => ctr(scene, 'images', 'ls', `name==${reference}`))
      .toContain('io.cri-containerd.image=managed');
  });

  test('by its digest', async () => {
    const { digest } = await push(open, 'digest/tiny:1');
    const reference = `${open.address}/digest/tiny@${digest}`;
    expect(await pullOne(reference)).toEqual({ digest });
    expect(images()).toContain(reference);
  });

  test('beside others, when one of them is missing', async () => {
    const { digest } = await push(open, 'several/tiny:1');
    const [there, missing] = [`${open.address}/several/tiny:1`, `${open.address}/several/tiny:2`];
    const results = await pullImages(scene.first, [there, missing, there]);
    expect([...results.keys()]).toEqual([there, missing]);
    expect(results.get(there)).toEqual({ digest });
    expect(results.get(missing)).toMatchObject({ refusal: 'not-found' });
  });

  test('from a mirror, under the name in the manifests', async () => {
    const { digest } = await push(open, 'mirrored/tiny:1');
    setting.hostsToml('quay.io', `[host."http://${open.address}"]\n`);
    expect(await pullOne('quay.io/mirrored/tiny:1')).toEqual({ digest });
    expect(images()).toContain('quay.io/mirrored/tiny:1');
  });

  test('from a mirror with a password of its own', async () => {
    const { digest } = await push(open, 'mirrored/locked:1');
    setting.hostsToml('quay.io', `[host."http://${locked.address}"]\n`);
    setting.dockerConfig(credentials(locked.address));
    expect(await pullOne('quay.io/mirrored/locked:1')).toEqual({ digest });
  });

  // A disconnected site may instead rename Koku's image in `images:` of its kustomization.yaml: then it has a registry, no
  // mirror.
  test('by the name that a disconnected site gives it', async () => {
    const { digest } = await push(open, 'cost/koku:1');
    setting.hostsToml(name, `server = "http://${open.address}"\n`);
    expect(await pullOne(`${name}/cost/koku:1`)).toEqual({ digest });
    expect(images()).toContain(`${name}/cost/koku:1`);
  });

  test('by a CA in the registry’s folder, through a proxy', async () => {
    const { digest } = await push(open, 'private-ca/tiny:1');
    setting.useProxyFor(secure);
    setting.trust(name);
    expect(await pullOne(`${name}/private-ca/tiny:1`)).toEqual({ digest });
    expect(setting.proxy.asked).toContain(`${name}:443`);
  });

  test('by a CA that SSL_CERT_FILE names', async () => {
    const { digest } = await push(open, 'bundle/tiny:1');
    setting.useProxyFor(secure);
    vi.stubEnv('SSL_CERT_FILE', join(scene.folder, 'ca.crt'));
    expect(await pullOne(`${name}/bundle/tiny:1`)).toEqual({ digest });
  });
});

describe('a password is used', () => {
  const helper = (): void => {
    const bin = join(scene.folder, 'bin');
    mkdirSync(bin, { recursive: true });
    const answer = JSON.stringify({ ServerURL: locked.address, Username: reader.user, Secret: reader.password });
    writeFileSync(join(bin, 'docker-credential-test'), `#!/bin/sh\nread -r server\necho '${answer}'\n`);
    chmodSync(join(bin, 'docker-credential-test'), 0o755);
    vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
    setting.dockerConfig(JSON.stringify({ credHelpers: { [locked.address]: 'test' } }));
  };
  const authFile = (key: string): void => {
    writeFileSync(join(scene.folder, 'auth.json'), credentials(key));
    vi.stubEnv('REGISTRY_AUTH_FILE', join(scene.folder, 'auth.json'));
  };

  test.each<[string, () => void]>([
    ['from Docker’s config.json', () => setting.dockerConfig(credentials(locked.address))],
    ['from a credential helper', helper],
    ['from REGISTRY_AUTH_FILE', () => authFile(locked.address)],
    ['from REGISTRY_AUTH_FILE, for a part of a registry', () => authFile(`${locked.address}/password`)],
    [
      'from REGISTRY_AUTH_FILE, before Docker’s',
      () => {
        setting.dockerConfig(credentials(locked.address, 'an older one'));
        authFile(locked.address);
      },
    ],
  ])('%s', async (_, give) => {
    const path = `password/${crypto.randomUUID()}:1`;
    const { digest } = await push(open, path);
    give();
    expect(await pullOne(`${locked.address}/${path}`)).toEqual({ digest });
  });

  test('for a token, which public images need too', async () => {
    const { digest } = await push(open, 'public/tiny:1');
    const closed = await push(open, 'private/tiny:1');
    expect(await pullOne(`${tokened.address}/public/tiny:1`)).toEqual({ digest });
    expect(await refused(`${tokened.address}/private/tiny:1`)).toMatch(/^unauthorized: /);
    setting.dockerConfig(credentials(tokened.address, 'let-me-out'));
    expect(await refused(`${tokened.address}/private/tiny:1`)).toMatch(/^unauthorized: /);
    setting.dockerConfig(credentials(tokened.address));
    expect(await pullOne(`${tokened.address}/private/tiny:1`)).toEqual({ digest: closed.digest });
  });

  test('and the refusal of a wrong one does not repeat it', async () => {
    await push(open, 'wrong/tiny:1');
    setting.dockerConfig(credentials(locked.address, 'let-me-out'));
    const reference = `${locked.address}/wrong/tiny:1`;
    const sentence = await refused(reference);
    expect(sentence).toContain(
      `unauthorized: ${reference} cannot be pulled: ${locked.address} refuses access (${locked.address}: 401 Unauthorized). Give credentials: docker login ${locked.address}`,
    );
    expect(sentence).not.toContain('let-me-out');
  });

  test('and a missing one is refused too', async () => {
    await push(open, 'none/tiny:1');
    expect(await refused(`${locked.address}/none/tiny:1`)).toMatch(/^unauthorized: /);
  });

  test('and the one of another part of the registry is not used', async () => {
    await push(open, 'another-part/tiny:1');
    setting.dockerConfig(credentials(`${locked.address}/another`));
    expect(await refused(`${locked.address}/another-part/tiny:1`)).toMatch(/^unauthorized: /);
  });

  test('from a helper that is missing: the sentence says so', async () => {
    setting.dockerConfig(JSON.stringify({ credHelpers: { [locked.address]: 'missing' } }));
    expect(await refused(`${locked.address}/helper/tiny:1`)).toMatch(/^unauthorized: .*docker-credential-missing/);
  });
});

describe('an image is refused', () => {
  test.each(['missing/tiny:2', 'nowhere/tiny:1'])('when its registry does not have %s', async (path) => {
    await push(open, 'missing/tiny:1');
    expect(await refused(`${open.address}/${path}`)).toBe(
      `not-found: ${open.address}/${path} cannot be pulled: ${open.address} does not have it, or not all of it (${open.address}: 404 Not Found). Check the repository and the tag.`,
    );
  });

  test('when a part of it is missing, and no other part stays', async () => {
    const { digest, layer } = await push(open, 'part/tiny:1');
    const blob = layer.slice('sha256:'.length);
    rmSync(join(scene.folder, 'images/docker/registry/v2/blobs/sha256', blob.slice(0, 2), blob, 'data'));
    expect(await refused(`${open.address}/part/tiny:1`)).toMatch(/^not-found: .*404 Not Found/);
    expect(ctr(scene, 'content', 'ls', '--quiet')).not.toContain(digest);
    expect(ctr(scene, 'content', 'active').trim().split('\n')).toHaveLength(1);
    expect(ctr(scene, 'leases', 'ls', '--quiet').trim()).toBe('');
  });

  test('when it is for another architecture', async () => {
    await push(open, 'other/tiny:1', 's390x');
    expect(await refused(`${open.address}/other/tiny:1`)).toMatch(/^other: .*no match for platform/);
  });

  test('when it is not a reference', async () => {
    expect(await refused('Tiny:1:2')).toMatch(/^other: Tiny:1:2 cannot be pulled: .*invalid reference format/);
  });

  test('when nothing listens', async () => {
    expect(await refused('127.0.0.1:1/tiny:1')).toMatch(
      /^unreachable: 127.0.0.1:1\/tiny:1 cannot be pulled: 127.0.0.1:1 cannot be reached \(.*connection refused\)/,
    );
  });

  test('when its registry’s name has no address', async () => {
    expect(await refused(`${name}/tiny:1`)).toMatch(/^unreachable: .*lookup registry.example.com/);
  });

  test('when the proxy refuses the connection', async () => {
    vi.stubEnv('HTTPS_PROXY', `http://${setting.proxy.address}`);
    expect(await refused(`${name}/tiny:1`)).toContain(
      `${name} cannot be reached (${name}: the proxy ${setting.proxy.address} answers 403 Forbidden). Check the network and HTTPS_PROXY, or name a mirror in ${setting.hostFolders}/${name}/hosts.toml.`,
    );
  });

  test('when its registry bypasses the proxy, and has no address', async () => {
    setting.useProxyFor(secure);
    vi.stubEnv('NO_PROXY', name);
    expect(await refused(`${name}/tiny:1`)).toMatch(/^unreachable: /);
    expect(setting.proxy.asked).toEqual([]);
  });

  test('when neither the mirror nor the registry has it: the sentence names both', async () => {
    setting.hostsToml(name, `server = "http://${locked.address}"\n[host."http://${open.address}"]\n`);
    setting.dockerConfig(credentials(locked.address));
    expect(await refused(`${name}/nowhere/tiny:1`)).toContain(
      `(${open.address}: 404 Not Found; ${locked.address}: 404 Not Found)`,
    );
  });

  test('when its registry’s CA is not trusted', async () => {
    await push(open, 'untrusted/tiny:1');
    setting.useProxyFor(secure);
    const sentence = await refused(`${name}/untrusted/tiny:1`);
    expect(sentence).toMatch(/^untrusted: .*certificate of registry.example.com is not trusted .*unknown authority/);
    expect(sentence).toContain(`${setting.hostFolders}/${name}/ca.crt`);
  });

  test('when its registry is not on the loopback and speaks plain HTTP', async () => {
    await push(open, 'plain/tiny:1');
    setting.useProxyFor(open);
    expect(await refused(`${name}/plain/tiny:1`)).toMatch(/^other: .*speaks no TLS/);
  });

  test('when its hosts.toml cannot be read, and then the registry gets no request', async () => {
    setting.useProxyFor(secure);
    setting.hostsToml(name, '[host.\n');
    expect(await refused(`${name}/tiny:1`)).toContain(`${setting.hostFolders}/${name}/hosts.toml`);
    expect(setting.proxy.asked).toEqual([]);
  });
});

test.each(['COST_ONPREM_CERTS_D', 'REGISTRY_AUTH_FILE', 'SSL_CERT_FILE'])(
  '%s with a missing file is an error',
  async (variable) => {
    vi.stubEnv(variable, '/nowhere');
    await expect(pullImages(scene.first, [`${open.address}/tiny:1`])).rejects.toThrow(
      `${variable}=/nowhere: is missing`,
    );
  },
);

test('a containerd that does not answer is an error', async () => {
  await expect(pullImages(process.pid, ['127.0.0.1:1/tiny:1'])).rejects.toThrow(
    /^no image can be pulled: containerd does not answer at .*containerd.sock/,
  );
});
