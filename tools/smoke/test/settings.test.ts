/** A person who mistypes something reads what, and what is allowed, before anything is sent. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addressOf, caOf, organisationPart, secondsOf, tokenOf } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('the token', () => {
  test('comes from the variable or from a file, without the end of its line', () => {
    expect(tokenOf({ SMOKE_TOKEN: 'abc' }, undefined)).toBe('abc');
    expect(tokenOf({}, file('token', 'abc\n'))).toBe('abc');
  });

  test.for<readonly [string, NodeJS.ProcessEnv, string | undefined, string]>([
    ['none', {}, undefined, 'SMOKE_TOKEN has no token: it is the key token of the Secret koku-gateway-token'],
    ['two', { SMOKE_TOKEN: 'abc' }, file('second', 'abc'), 'SMOKE_TOKEN and --token-file both give a token'],
    ['an empty file', {}, file('empty', '\n'), 'empty has no token'],
    ['a file that is not there', {}, '/none', '--token-file=/none: there is no such file'],
    ['what is no header', { SMOKE_TOKEN: 'a b' }, undefined, 'SMOKE_TOKEN: a token has no spaces'],
  ])('%s is refused', ([, environment, path, sentence]) => {
    expect(() => tokenOf(environment, path)).toThrow(sentence);
  });
});

test.for([
  ['http://cost.example.com', 'would send the token without encryption; it must be https://<host>'],
  ['https://cost.example.com/api', 'has a path; it must be https://<host>'],
  ['ftp://cost.example.com', 'is neither HTTPS nor HTTP'],
  ['cost.example.com', '--address=cost.example.com: is no address'],
])('the address %s is refused', ([address = '', sentence]) => {
  expect(() => addressOf(address)).toThrow(sentence);
});

test('an address with a password is refused without repeating it', () => {
  expect(() => addressOf('https://a:secret@cost.example.com')).toThrow(/^--address: contains a user or a password/);
});

test.for(['https://cost.example.com', 'https://10.0.0.1:8443', 'http://localhost:8000', 'http://[::1]:8000'])(
  'the address %s is allowed',
  (address) => {
    expect(addressOf(address).origin).toBe(address);
  },
);

test('a file of certificates needs one, and a time and an organisation are what they say', () => {
  const garbage = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  expect(() => caOf(file('ca', 'x'))).toThrow('ca: contains no certificate in PEM');
  expect(() => caOf(file('ca', garbage))).toThrow('ca: contains a certificate that cannot be read');
  for (const time of ['soon', '0', '-1', '1.5'])
    expect(() => secondsOf('timeout', time)).toThrow(`--timeout=${time}: must be a whole number of seconds above 0`);
  for (const id of ['', 'a b', 'a-b', 'Acme'])
    expect(() => organisationPart('account', id)).toThrow(`--account=${id}: use up to 30 of a-z, 0-9 and _`);
});
