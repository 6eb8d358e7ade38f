/** A token server for a registry, as quay.io and Docker Hub have: the registry itself sees no password. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Running } from './registry.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const service = 'registry';
const issuer = 'test';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token that admits a client to a repository for a minute, or nothing. */
const tokenFor = (repository: string | undefined): string => {
  const now = Math.floor(Date.now() / 1000);
  const access = repository ? [{ type: 'repository', name: repository, actions: ['pull'] }] : [];
  const content = `${part({ typ: 'JWT', alg: 'ES256', kid: 'test' })}.${part({
    iss: issuer,
    aud: service,
    sub: 'reader',
    exp: now + 60,
    nbf: now - 60,
    iat: now,
    jti: crypto.randomUUID(),
    access,
  })}`;
  const signature = sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
};

/** The client's `<user>:<password>`, or nothing. */
const credentialsOf = (request: IncomingMessage, form: URLSearchParams): string | undefined => {
  const [, basic] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
  if (basic) return Buffer.from(basic, 'base64').toString();
  return form.has('password') ? `${form.get('username')}:${form.get('password')}` : undefined;
};

/**
 * Starts a token server: every client may read below `public/`, and one person may read the rest.
 * @param person `<user>:<password>`
 */
export const startTokens = async (person: string): Promise<Running> => {
  const server = createServer(async (request, answer) => {
    const form = new URLSearchParams(await text(request));
    const given = credentialsOf(request, form);
    const scope = form.get('scope') ?? new URL(request.url ?? '', 'http://localhost').searchParams.get('scope') ?? '';
    const [, repository = ''] = scope.split(':');
    if (given && given !== person) {
      answer.writeHead(401).end();
      return;
    }
    const token = tokenFor(given || repository.startsWith('public/') ? repository : undefined);
    answer.setHeader('Content-Type', 'application/json').end(JSON.stringify({ token, access_token: token }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/**
 * The registry's settings for the token server.
 * @param folder for the public key
 */
export const tokenSettings = (tokens: Running, folder: string): object => {
  const jwks = join(folder, 'jwks.json');
  writeFileSync(
    jwks,
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256', use: 'sig' }] }),
  );
  return { token: { realm: `http://${tokens.address}/token`, service, issuer, jwks } };
};
