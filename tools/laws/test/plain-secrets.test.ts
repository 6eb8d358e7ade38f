/** Secrets in plain text are found by the name of a value, or by its form, wherever a render has it. */
import { describe, expect, test } from 'vitest';
import type { Container, Manifest } from '../../manifests/src/manifest.ts';
import { deployment, pod, sentences } from './shop.ts';

const configMap = (data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'shop' },
  data,
});

const ofConfigMap = (data: Readonly<Record<string, string>>) => sentences(configMap(data));
const ofContainer = (change: Partial<Container>) => sentences(deployment(pod(change)));

const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';

describe('a secret in a ConfigMap', () => {
  test.for([
    ['password', 'hunter2'],
    ['DB_PASSWORD', 'hunter2'],
    ['dbPassword', 'correct horse battery'],
    ['PGPASSWORD', 'hunter2'],
    ['api-key', 'abc123def'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI'],
    ['privateKey', 'abc123def'],
    ['client-secret', 'abc-def'],
    ['accessToken', 'eyJhbGciOi'],
    ['credentials', 'koku:hunter2'],
    ['url', 'postgresql://koku:hunter2@db.example.com/koku'],
    ['tls.pem', key],
    ['server.properties', 'listeners=CLIENT\nssl.keystore.password=hunter2\n'],
    ['jaas.properties', 'sasl.jaas.config=x required username="koku" password="hunter2";\n'],
    ['valkey.conf', 'port 6379\nrequirepass hunter2\n'],
    ['values.yaml', 'user: koku\npassword: "hunter2"\n'],
    ['start.sh', 'PGPASSWORD=hunter2 psql\n'],
  ] as const)('%s: %s', ([name, value]) => {
    expect(ofConfigMap({ [name]: value })).toEqual([
      expect.stringMatching(
        /^ConfigMap\/shop has (a secret|a URL with a password|a private key) in the key .*, in plain text: put it/,
      ),
    ]);
  });
});

describe('no secret, although its name has such a word', () => {
  test.for([
    ['password-file', 'run/password'],
    ['PASSWORD', '/run/secrets/password'],
    ['secretName', 'koku-gateway-tls'],
    ['AWS_ACCESS_KEY_ID', 'AKIA'],
    ['TOKEN_TTL', 'one hour'],
    ['max_tokens', '4096'],
    ['TOKEN_REQUIRED', 'sometimes'],
    ['secret', 'true'],
    ['PASSWORD', '$(DATABASE_PASSWORD)'],
    ['token', '${TOKEN}'],
    ['OAUTH_TOKEN_URL', 'https://sso.example.com/token'],
    ['token', 'https://sso.example.com/token'],
    ['url', 'postgresql://koku@db.example.com/koku'],
    ['url', 'postgresql://koku:$(PASSWORD)@db.example.com/koku'],
    ['sort-key', 'created'],
    ['monkey', 'banana'],
    ['make-shop', 'password 32\nsecret-key 50\n'],
    ['start.sh', 'password="$(cat /run/password)"\n# password=hunter2\n'],
    ['program.py', 'token = environ["TOKEN"]\n'],
    ['postgresql.conf', 'password_encryption = scram-sha-256\n'],
    ['nginx.conf', 'ssl_certificate_key /etc/tls/tls.key;\n'],
    ['ca.crt', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n'],
  ] as const)('%s: %s', ([name, value]) => {
    expect(ofConfigMap({ [name]: value })).toEqual([]);
  });
});

describe('a secret elsewhere', () => {
  test('in a variable', () => {
    expect(ofContainer({ env: [{ name: 'REDIS_PASSWORD', value: 'hunter2' }] })).toEqual([
      'Deployment/shop has a secret in the variable REDIS_PASSWORD, in plain text: take it from a Secret',
    ]);
    const reference = { name: 'REDIS_URL', value: 'redis://:$(REDIS_PASSWORD)@valkey:6379' };
    expect(ofContainer({ env: [reference] }).filter((sentence) => sentence.includes('plain text'))).toEqual([]);
  });

  test.for([['--password=hunter2'], ['--token', 'hunter2'], ['sh', '-c', 'PGPASSWORD=hunter2 psql']])(
    'in arguments: %s',
    (command) => {
      expect(ofContainer({ command })).toEqual([
        expect.stringMatching(
          /^Deployment\/shop has a secret in the argument .*, in plain text: give it to a variable/,
        ),
      ]);
    },
  );

  test('not in arguments that name a file or a variable', () => {
    expect(
      ofContainer({ command: ['--password-file=/run/password', '--token=$(TOKEN)', '--secret', '--debug'] }),
    ).toEqual([]);
  });

  test('in a header of a probe', () => {
    const probe = { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: 'Bearer abc' }] } };
    const change: Partial<Container> & { readonly livenessProbe: object } = { livenessProbe: probe };
    expect(ofContainer(change)).toHaveLength(1);
  });

  test('in an annotation, which may name a Secret', () => {
    const annotated = (annotations: Readonly<Record<string, string>>) =>
      sentences({ ...configMap({}), metadata: { name: 'shop', annotations } });
    expect(annotated({ 'example.com/api-token': 'abc123' })).toHaveLength(1);
    expect(annotated({ 'nginx.ingress.kubernetes.io/auth-secret': 'shop/basic' })).toEqual([]);
  });

  const custom = (apiVersion: string, kind: string, spec: object): Manifest => ({
    apiVersion,
    kind,
    metadata: { name: 'shop', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
    spec: spec as NonNullable<Manifest['spec']>,
  });

  test('in the template of a SealedSecret, or where a sealed value should be', () => {
    const sealed = (spec: object) => sentences(custom('bitnami.com/v1alpha1', 'SealedSecret', spec));
    expect(sealed({ encryptedData: { password: 'AgB…' }, template: { data: { url: 'a://{{ .password }}' } } })).toEqual(
      [],
    );
    expect(sealed({ template: { stringData: { password: 'hunter2' } } })).toEqual([
      'SealedSecret/shop has a secret in stringData password of its template, in plain text: seal it: npm run seal -- <cluster>',
    ]);
    expect(sealed({ encryptedData: { password: 'hunter2' } })).toHaveLength(1);
  });

  test('in the template of an ExternalSecret', () => {
    const external = (data: object) =>
      sentences(custom('external-secrets.io/v1', 'ExternalSecret', { target: { template: { data } } }));
    expect(external({ password: '{{ .password }}' })).toEqual([]);
    expect(external({ password: 'hunter2' })).toHaveLength(1);
  });

  test('in the configuration of Kafka', () => {
    const kafka = custom('kafka.strimzi.io/v1', 'Kafka', { kafka: { config: { 'ssl.key.password': 'hunter2' } } });
    expect(sentences(kafka).filter((sentence) => sentence.includes('plain text'))).toHaveLength(1);
  });
});
