/** A pod that waits for a missing server waits forever, so every address must have a server. */
import { movable, namespace } from '@cost-onprem/contracts';
import { waitForPrefix } from '@cost-onprem/kit';
import type { Mergeable } from '@cost-onprem/kit/vocabulary';
import { containersOf, identity, podTemplateOf, type Container, type Manifest } from '../../manifests/src/manifest.ts';
import { withoutHash } from '../../manifests/src/hash-suffix.ts';
import { mergeables } from '../../repository/src/declarations.ts';
import type { Finding, Law } from './law.ts';
import { provided } from './references.ts';

/** The value of a variable, and its source. A render has no values of Secrets. */
interface Variable {
  readonly name: string;
  readonly value: string;
  readonly from?: { readonly configMap: Manifest; readonly key: string };
}

type ConfigMaps = ReadonlyMap<string, Manifest>;

const variablesOf = ({ env = [], envFrom = [] }: Container, configMaps: ConfigMaps): readonly Variable[] => {
  const fromKey = (name: string, configMap: Manifest | undefined, key: string): readonly Variable[] => {
    const value = configMap?.data?.[key];
    return configMap && value !== undefined ? [{ name, value, from: { configMap, key } }] : [];
  };
  return [
    ...envFrom.flatMap(({ configMapRef }) => {
      const configMap = configMaps.get(configMapRef?.name ?? '');
      return Object.keys(configMap?.data ?? {}).flatMap((key) => fromKey(key, configMap, key));
    }),
    ...env.flatMap(({ name, value, valueFrom: { configMapKeyRef } = {} }) =>
      configMapKeyRef
        ? fromKey(name, configMaps.get(configMapKeyRef.name), configMapKeyRef.key)
        : value === undefined
          ? []
          : [{ name, value }],
    ),
  ];
};

const url = /([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@,'"]*@)?(\[[0-9a-f:.]+\]|[^\s/:,?#'"[\]]+)/gi;

/** A bucket follows these words. */
const bucketSchemes: ReadonlySet<string> = new Set(['gs', 's3', 's3a']);

const hostWithPort = /^((?=.*[a-z.])[a-z0-9]([a-z0-9.-]*[a-z0-9])?):[1-9][0-9]{0,4}$/;
const host = /^(?!(true|false)$)[a-z0-9]*[a-z.]([a-z0-9.-]*[a-z0-9])?$/;

/** Names of variables, and keys of ConfigMaps, whose value is a plain host. */
const namesHost = /(^|_)(host|hostname|server|address|endpoint)s?$/i;

/** Hosts in a value: of URLs, of `host:port`, and the value itself where the variable's name says that it is a host. */
const hostsOf = ({ name, value, from }: Variable): readonly string[] => {
  const urls = [...value.matchAll(url)];
  if (urls.length > 0) {
    return urls.flatMap(([, scheme = '', found = '']) =>
      bucketSchemes.has(scheme.toLowerCase()) ? [] : found.toLowerCase(),
    );
  }
  const isHost = namesHost.test(name) || namesHost.test(from?.key ?? '');
  return value
    .split(',')
    .map((part) => part.trim())
    .flatMap(
      (part) => hostWithPort.exec(part)?.[1] ?? (isHost && host.test(part.toLowerCase()) ? part.toLowerCase() : []),
    );
};

/** Addresses of the pod itself, and of the API of Kubernetes. */
const alwaysThere = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|kubernetes\.default(\.svc(\.cluster\.local)?)?)$/;

const ofOurNamespace = new RegExp(`^(?:[^.]+\\.)?([^.]+)\\.${namespace}(?:\\.svc(?:\\.cluster\\.local\\.?)?)?$`);

/** The Service that a host names, in any form of the cluster's DNS; undefined for one outside our namespace. */
export const serviceOf = (name: string): string | undefined =>
  /[.[]/.test(name) ? ofOurNamespace.exec(name)?.[1] : name;

const settings: ReadonlyMap<string, Mergeable> = new Map(mergeables.map((declared) => [declared.name, declared]));

/** Whether the cluster sets the value: in a setting that it merges, or in a ConfigMap of its own. */
const saidByCluster = ({ from }: Variable): boolean => {
  if (!from) return false;
  const setting = settings.get(withoutHash(from.configMap.metadata.name))?.settings[from.key];
  return setting
    ? setting.setBy !== 'stack'
    : from.configMap.metadata.labels?.['app.kubernetes.io/part-of'] === undefined;
};

/** The fault of a host, as the end of a sentence. */
const faultOf = (name: string, variable: Variable, services: readonly string[]): string | undefined => {
  if (alwaysThere.test(name)) return undefined;
  const service = serviceOf(name);
  if (service === undefined) {
    return saidByCluster(variable)
      ? undefined
      : 'which is external: read it from a setting that clusters merge, or from the cluster’s own ConfigMap';
  }
  return services.includes(service)
    ? undefined
    : `but there is no Service ${service}; there are ${services.join(', ') || 'none'}`;
};

const addressFindings = (
  object: Manifest,
  container: Container,
  configMaps: ConfigMaps,
  services: readonly string[],
): readonly Finding[] =>
  variablesOf(container, configMaps).flatMap((variable) =>
    hostsOf(variable).flatMap((name): readonly Finding[] => {
      const fault = faultOf(name, variable, services);
      if (!fault) return [];
      const { from } = variable;
      // All readers of a ConfigMap have the same fault, so report it once.
      return from
        ? [{ object: identity(from.configMap), sentence: `names ${name} in ${from.key}, ${fault}` }]
        : [
            {
              object: identity(object),
              sentence: `container ${container.name}: the variable ${variable.name} names ${name}, ${fault}`,
            },
          ];
    }),
  );

/** An external server has no Service. Then the step reads the address from its ConfigMap. */
const readsAddressOf = ({ env = [] }: Container, server: string, configMaps: ConfigMaps): boolean =>
  env.some(({ valueFrom }) => {
    const read = configMaps.get(valueFrom?.configMapKeyRef?.name ?? '');
    return (
      read &&
      movable.some(({ configMap, to }) => to.workload === server && configMap === withoutHash(read.metadata.name))
    );
  });

const waitFindings = (
  object: Manifest,
  container: Container,
  configMaps: ConfigMaps,
  services: readonly string[],
): readonly Finding[] => {
  if (!container.name.startsWith(waitForPrefix)) return [];
  const server = container.name.slice(waitForPrefix.length);
  return services.includes(server) || readsAddressOf(container, server, configMaps)
    ? []
    : [
        {
          object: identity(object),
          sentence: `waits for ${server}, but there is no Service ${server}: its connection needs the overlay that adds ${server}, as when: '…'`,
        },
      ];
};

/** Every wait-for step, and every address in a variable, names a Service of the render or an external server of the cluster. */
export const addressesAnswer: Law = (objects) => {
  const configMaps: ConfigMaps = new Map(
    objects.filter(({ kind }) => kind === 'ConfigMap').map((object) => [object.metadata.name, object]),
  );
  const services = [...provided(objects).keys()]
    .flatMap((name) => (name.startsWith('Service/') ? name.slice('Service/'.length) : []))
    .toSorted();
  return objects.flatMap((object) =>
    containersOf(podTemplateOf(object)?.spec ?? {}).flatMap((container) => {
      const waits = waitFindings(object, container, configMaps, services);
      // Its variables are the client's too, and give the rest.
      return waits.length > 0 ? waits : addressFindings(object, container, configMaps, services);
    }),
  );
};
