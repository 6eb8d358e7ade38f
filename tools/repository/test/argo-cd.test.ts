import { expect, test } from 'vitest';
import { isFollowed, isPlaceholder, placeholderNamespace, readFork } from '../src/argo-cd.ts';
import { repository } from '../src/repository.ts';

test('overlays/argo-cd says where Argo CD runs and what it follows', () => {
  const fork = readFork(repository);
  for (const value of Object.values(fork)) expect(value).not.toBe('');
});

test.for([
  ['https://git.example.com/platform/cost.git', true],
  ['git@example.org:platform/cost.git', true],
  ['https://git.example/cost.git', true],
  ['https://git.invalid:8443/cost.git', true],
  ['https://github.com/acme/example.com', false],
  ['https://example.community/cost.git', false],
  ['git@myexample.com:platform/cost.git', false],
] as const)('%s is an example: %s', ([address, expected]) => {
  expect(isPlaceholder(address)).toBe(expected);
});

test('Argo CD follows a fork whose address and namespace are both real', () => {
  const real = { url: 'https://github.com/acme/cost.git', revision: 'main', namespace: 'argocd' };
  expect(isFollowed(real)).toBe(true);
  expect(isFollowed({ ...real, url: 'https://git.example.com/cost.git' })).toBe(false);
  expect(isFollowed({ ...real, namespace: placeholderNamespace })).toBe(false);
});
