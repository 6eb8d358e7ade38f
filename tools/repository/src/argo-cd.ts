/** What overlays/argo-cd says of a fork: the repository that Argo CD follows, and the namespace that Argo CD runs in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** The two files with these facts, as paths of the repository. */
export const argoCdFiles = {
  repository: 'overlays/argo-cd/repository.yaml',
  kustomization: 'overlays/argo-cd/kustomization.yaml',
} as const;

/** The namespace before `npm run init`. No cluster has it, so the API server refuses the bootstrap and names the command. */
export const placeholderNamespace = 'run-npm-run-init';

/** What a fork says once. */
export interface Fork {
  /** Address of the git repository, https or ssh. */
  readonly url: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Namespace of Argo CD. */
  readonly namespace: string;
}

const document = (root: string, file: string): Readonly<Record<string, unknown>> =>
  (load(readFileSync(join(root, file), 'utf8')) ?? {}) as Readonly<Record<string, unknown>>;

const text = (value: unknown, file: string, key: string): string => {
  if (typeof value !== 'string' || value === '') throw new Error(`${file}: ${key} must be a text that is not empty`);
  return value;
};

/**
 * Reads what a fork says.
 * @throws Error naming the file and the key that is missing
 */
export const readFork = (root: string): Fork => {
  const { repository, kustomization } = argoCdFiles;
  const { url, revision } = (document(root, repository)['data'] ?? {}) as Readonly<Record<string, unknown>>;
  return {
    url: text(url, repository, 'data.url'),
    revision: text(revision, repository, 'data.revision'),
    namespace: text(document(root, kustomization)['namespace'], kustomization, 'namespace'),
  };
};

/** Names that are reserved for examples (RFC 2606): no Argo CD reaches one. */
const reserved = /(^|\.)(example\.(com|net|org)|example|invalid)$/i;

/** Whether an address is on a host for examples, as the committed one is. */
export const isPlaceholder = (address: string): boolean => {
  const [, host = ''] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(address) ?? [];
  return reserved.test(host);
};

/** Whether Argo CD would follow the fork after the bootstrap. */
export const isFollowed = ({ url, namespace }: Fork): boolean =>
  !isPlaceholder(url) && namespace !== placeholderNamespace;
