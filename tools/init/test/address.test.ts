import { expect, test } from 'vitest';
import { addressFault, namespaceFault, revisionFault } from '../src/address.ts';

test.for([
  'https://github.com/acme/cost-onprem.git',
  'https://git.acme.io:8443/platform/cost%20onprem',
  'ssh://git@git.acme.io:7999/platform/cost-onprem.git',
  'git@github.com:acme/cost-onprem.git',
  'https://git.example.acme.io/cost.git',
])('%s is taken', (address) => {
  expect(addressFault(address)).toBeUndefined();
});

test.for([
  ['https://token@github.com/acme/cost.git', 'contains credentials'],
  ['https://user:secret@github.com/acme/cost.git', 'contains credentials'],
  ['ssh://git:secret@git.acme.io/cost.git', 'contains credentials'],
  ['https://git.acme.io/cost.git?private_token=secret', 'contains credentials or parameters'],
  ['http://git.acme.io/cost.git', 'is not encrypted'],
  ['git://git.acme.io/cost.git', 'is not encrypted'],
  ['/srv/cost.git', 'is not valid; it must be https://'],
  ['https://git.acme.io', 'is not valid'],
  ['https://git.acme.io/cost.git\n  revision: other', 'is not valid'],
  ['ext::sh -c id', 'is not valid'],
  ['--upload-pack=id', 'is not valid'],
  ['https://git.example.com/platform/cost-onprem.git', 'is an example'],
  ['git@example.org:platform/cost.git', 'is an example'],
] as const)('%j is refused: %s', ([address, sentence]) => {
  expect(addressFault(address)).toContain(sentence);
});

test('no message repeats a credential', () => {
  for (const address of ['https://user:secret@git.acme.io/cost.git', 'https://git.acme.io/cost.git?token=secret'])
    expect(addressFault(address)).not.toContain('secret');
});

test.for(['main', 'release/1.2', 'v1.0.0', '0a1b2c3d', 'HEAD'])('the revision %s is taken', (revision) => {
  expect(revisionFault(revision)).toBeUndefined();
});

test.for(['-main', 'a b', 'a..b', 'a//b', 'a/', 'a.lock', 'a\nb', 'a:b', 'a~1'])(
  'the revision %j is refused',
  (revision) => {
    expect(revisionFault(revision)).toContain('is not valid; it must be a branch, a tag or a commit');
  },
);

test.for(['Argo', 'argo_cd', '-argocd', 'a'.repeat(64), 'argocd\n'])('the namespace %j is refused', (namespace) => {
  expect(namespaceFault(namespace)).toContain('is not valid');
});
