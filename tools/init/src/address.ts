/** Which addresses, revisions and namespaces `npm run init` takes. */
import { isPlaceholder } from '../../repository/src/argo-cd.ts';

/** Letters of a path in a repository's address. */
const path = String.raw`[\w.~%+-]+(?:/[\w.~%+-]+)*/?`;
const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?`;
const port = String.raw`(?::\d{1,5})?`;

/** The forms that Argo CD can clone over an encrypted connection. */
const forms: readonly RegExp[] = [
  new RegExp(`^https://${host}${port}/${path}$`),
  new RegExp(String.raw`^ssh://(?:[\w.-]+@)?${host}${port}/${path}$`),
  new RegExp(String.raw`^[\w.-]+@${host}:/?${path}$`),
];

const allowed =
  'it must be https://<host>/<path>, ssh://<user>@<host>/<path> or <user>@<host>:<path>, such as https://github.com/<organisation>/cost-onprem.git';

/** User names and passwords before the host, and parameters after the path, may be credentials: no message repeats them. */
const hasCredentials = (address: string): boolean =>
  /^https?:\/\/[^/]*@/i.test(address) || /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(address) || /[?#]/.test(address);

/** What is wrong with a repository's address, as a sentence; undefined if nothing is. */
export const addressFault = (address: string): string | undefined => {
  if (hasCredentials(address))
    return 'the address contains credentials or parameters; leave them out, because git and Argo CD would show them: overlays/argo-cd/README.md says how Argo CD gets credentials';
  if (/^(http|git):\/\//i.test(address)) return `the address ${address} is not encrypted; ${allowed}`;
  if (!forms.some((form) => form.test(address))) return `the address ${address} is not valid; ${allowed}`;
  if (isPlaceholder(address)) return `the address ${address} is an example; give the address of your fork`;
  return undefined;
};

/** What is wrong with a revision, as a sentence: git's own rules for a branch, or a commit. */
export const revisionFault = (revision: string): string | undefined =>
  /^[A-Za-z0-9][\w.+/-]*$/.test(revision) && !/\.\.|\/\/|[/.]$|\.lock(\/|$)|\/\./.test(revision)
    ? undefined
    : `the revision ${revision} is not valid; it must be a branch, a tag or a commit, such as main`;

/** What is wrong with the name of Argo CD's namespace, as a sentence. */
export const namespaceFault = (namespace: string): string | undefined =>
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)
    ? undefined
    : `the namespace ${namespace} of Argo CD is not valid; use up to 63 of a-z, 0-9 and -, with no - at either end`;
