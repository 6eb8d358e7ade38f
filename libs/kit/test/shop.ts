/** Two made-up applications, a shop and its database, on which each consequence is tested. */
import {
  address,
  applicationBases,
  consequences,
  endpoints,
  secret,
  workload,
  type Application,
  type KubernetesObject,
} from '../src/index.ts';

/** The bases of an application without others. */
export const basesOf = (declared: Application) => applicationBases(declared, [declared]);

export const shopPorts = endpoints('shop', { http: 8080, metrics: 9090 });
export const store = endpoints('store', { postgres: 5432 });
const storeAddress = address('store', store.postgres, 'options/external-postgresql');
export const credentials = secret('store-credentials', { password: 16 });

export const shop = workload({
  name: 'shop',
  purpose: 'Sells.',
  kind: 'Deployment',
  image: 'registry.example.com/shop:1',
  wave: 'application',
  listens: shopPorts,
  metrics: shopPorts.metrics,
  connects: [
    {
      to: store.postgres,
      env: { STORE_HOST: storeAddress.host, STORE_PASSWORD: credentials.keys.password },
      waitFor: ['store-answers'],
    },
  ],
  env: { CORES: { kind: 'OwnLimit', resource: 'cpu' } },
});

export const database = workload({
  name: 'store',
  purpose: 'Keeps.',
  kind: 'StatefulSet',
  image: 'registry.example.com/store:1',
  wave: 'data',
  listens: store,
  store: { claim: 'store-data', mountPath: '/data' },
  singleton: true,
});

export const migrate = workload({
  name: 'migrate',
  purpose: 'Moves on.',
  kind: 'Job',
  image: 'registry.example.com/shop:1',
  wave: 'preparation',
});

export const rendered = (objects: readonly KubernetesObject[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    objects.map((object) => {
      const plain = object.toJSON() as { kind: string; metadata: { name: string } };
      return [`${plain.kind}/${plain.metadata.name}`, JSON.parse(JSON.stringify(plain)) as unknown];
    }),
  );

export const shopObjects = rendered(consequences(shop, 'shop'));
export const storeObjects = rendered(consequences(database, 'store'));
