/** Which names say that their value is a secret, and which values look like one. */

/** Words that name a secret. */
const secretWords: ReadonlySet<string> = new Set([
  'apikey',
  'authorization',
  'credential',
  'credentials',
  'masterauth',
  'passphrase',
  'passwd',
  'password',
  'passwords',
  'primaryauth',
  'psk',
  'pwd',
  'requirepass',
  'secret',
  'secrets',
  'token',
  'tokens',
]);

/** Words before `key` that make it a secret. A key without one of them may be a name or a position. */
const keyWords: ReadonlySet<string> = new Set([
  'access',
  'account',
  'api',
  'auth',
  'django',
  'encryption',
  'master',
  'private',
  'secret',
  'shared',
  'signing',
  'ssh',
  'tls',
]);

/** Last words that make the value something about a secret, and not the secret. */
const aboutWords: ReadonlySet<string> = new Set([
  'algorithm',
  'audience',
  'class',
  'count',
  'dir',
  'directory',
  'enabled',
  'encryption',
  'endpoint',
  'expiry',
  'file',
  'folder',
  'format',
  'hash',
  'header',
  'host',
  'id',
  'issuer',
  'kind',
  'length',
  'lifetime',
  'location',
  'mechanism',
  'mode',
  'mount',
  'name',
  'names',
  'namespace',
  'path',
  'policy',
  'port',
  'provider',
  'ref',
  'required',
  'rotation',
  'scope',
  'size',
  'store',
  'timeout',
  'ttl',
  'type',
  'uri',
  'url',
  'user',
  'username',
  'validators',
  'version',
]);

const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Whether a name says that its value is a secret. */
export const namesSecret = (name: string): boolean => {
  const words = wordsOf(name);
  if (aboutWords.has(words.at(-1) ?? '')) return false;
  return words.some(
    (word, index) =>
      secretWords.has(word) ||
      /(?:password|passwd|passphrase|secret|token)$/.test(word) ||
      ((word === 'key' || word === 'keys') && keyWords.has(words[index - 1] ?? '')),
  );
};

/** Values that are no secret: nothing, switches, numbers, files, plain URLs, references to another value, and code. */
const harmless: readonly RegExp[] = [
  /^$/,
  /^(?:true|false|yes|no|on|off|none|null)$/i,
  /^-?\d+(?:\.\d+)?(?:ms|s|m|h|d|Ki|Mi|Gi)?$/,
  /^(?:\.{0,2}|~|file:\/*)\/[\w./-]*$/,
  /^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i,
  /^\$\w+$|\$\(.+\)|\$\{.+\}|\{\{.+\}\}|%\(\w+\)s/,
  /^[A-Za-z_][\w.]*[([]/,
];

/** A list of keys with the lengths of the values that a Job makes for them. */
const lengths = /^(?:[\w.-]+ \d+\n?)+$/;

const unquoted = (value: string): string => value.trim().replace(/^(["'])(.*)\1[;,]?$|;$/, '$2');

/** Whether a name and its value are a secret in plain text. */
export const isSecretPair = (name: string, value: string): boolean =>
  namesSecret(name) && !lengths.test(value) && !harmless.some((form) => form.test(unquoted(value)));

const reference = /^(?:[$%{<].*|\*+)$/;

/** What a value shows by its form alone, as words: a URL with a password, or a private key. */
export const secretShape = (value: string): string | undefined => {
  if (/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.test(value)) return 'a private key';
  return [...value.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s/@:"']*:([^\s/@"']+)@/gi)].some(
    ([, password = '']) => !reference.test(password),
  )
    ? 'a URL with a password'
    : undefined;
};

const pair = /^\s*["']?([\w.-]+)["']?\s*[:=]\s*(\S.*?)\s*$/;
const directive = /^\s*([\w.-]+)\s+(\S+)\s*$/;

const inline = /([\w.-]+)=("[^"]*"|'[^']*'|[^\s;,&"']+)/g;

/** The names and values that a line sets. */
const pairsIn = (line: string, file: string): readonly (readonly [name: string, value: string])[] => {
  const whole = pair.exec(line) ?? (file.endsWith('.conf') ? directive.exec(line) : null);
  return [...(whole ? [whole] : []), ...line.matchAll(inline)].map(([, name = '', value = '']) => [name, value]);
};

/** Names that a file, a script or a value such as `user=koku password=…` sets to a secret. */
export const secretsSet = (file: string, text: string): readonly string[] => {
  // A program computes its values.
  if (file.endsWith('.py')) return [];
  const names = text
    .split('\n')
    .filter((line) => !/^\s*(?:#|\/\/|;)/.test(line))
    .flatMap((line) => pairsIn(line, file))
    .filter(([name, value]) => isSecretPair(name, value))
    .map(([name]) => name);
  return [...new Set(names)];
};
