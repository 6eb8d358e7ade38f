/** Limits of the API server on names and on sizes, which no schema states. */
import { kindOf, type Manifest } from '../../manifests/src/manifest.ts';
import { eachObject } from './law.ts';

/** Bytes of all values of a ConfigMap (Kubernetes, `MaxSecretSize`). */
export const largestConfigMap = 2 ** 20;

/** Names of objects whose name becomes a host name: a label that begins with a letter (RFC 1035). */
const hostLabel = {
  longest: 63,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  words: 'a-z, 0-9 and -, beginning with a letter',
};

const label = { longest: 63, pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, words: 'a-z, 0-9 and -' };

/** The rule of every other kind. */
const subdomain = {
  longest: 253,
  pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
  words: 'a-z, 0-9, - and .',
};

/** Rules by kind. Controllers add a suffix to the names of some, which must still fit into a label. */
const rules: Readonly<Record<string, typeof subdomain>> = {
  Service: hostLabel,
  Namespace: label,
  'StatefulSet.apps': { ...subdomain, longest: 52 },
  'CronJob.batch': { ...subdomain, longest: 52 },
  'Job.batch': { ...subdomain, longest: 63 },
};

/** Their names may be any part of a path. */
const freeNames = /\.rbac\.authorization\.k8s\.io$/;

const nameFaults = (object: Manifest): readonly string[] => {
  const kind = kindOf(object);
  const { name } = object.metadata;
  const { longest, pattern, words } = rules[kind] ?? subdomain;
  return freeNames.test(kind) || (name.length <= longest && pattern.test(name))
    ? []
    : [`has a name of ${name.length} characters; it must be at most ${longest} of ${words}`];
};

const sizeFaults = ({ kind, data = {} }: Manifest): readonly string[] => {
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(String(value)), 0);
  return kind === 'ConfigMap' && bytes > largestConfigMap
    ? [`has ${bytes} bytes of data; Kubernetes accepts ${largestConfigMap}`]
    : [];
};

/** A real API server would accept every name and the size of every ConfigMap. */
export const withinLimits = eachObject((object) => [...nameFaults(object), ...sizeFaults(object)]);
