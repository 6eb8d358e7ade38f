/** What the kit derives from declared Secrets for the Job and the operator that create them. */
import { ExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import { keepAnnotation, waveAnnotation } from './argo-cd.ts';
import { domain, onlyForLabel, roleLabel } from './labels.ts';
import type { Purpose, SecretDeclaration } from './vocabulary.ts';

/** The ClusterSecretStore that a platform team creates for the External Secrets Operator. */
export const storeName = domain;

/**
 * The ConfigMap that tells the Job `secrets-generate` and the tools what to put into a Secret: one file with the
 * Secret's name, and in it a line for each key with its number of characters.
 */
export const toMake = ({ name, lengths }: SecretDeclaration) => ({
  configMap: `make-${name}`,
  contents: {
    [name]: Object.entries(lengths)
      .map(([key, length]) => `${key} ${length}\n`)
      .join(''),
  },
});

const partOf = { 'app.kubernetes.io/part-of': domain };

/** Requests a Secret from the External Secrets Operator: the store's entry of its name, one property for each key. */
export const externalSecret = ({ name, lengths, role }: SecretDeclaration, onlyFor?: Purpose): ExternalSecret =>
  new ExternalSecret({
    metadata: {
      name,
      labels: { ...partOf, ...(role && roleLabel(role)), ...(onlyFor && onlyForLabel(onlyFor)) },
      annotations: { ...waveAnnotation('foundation'), ...keepAnnotation },
    },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: storeName },
      target: {
        name,
        // The Secret outlives this object and the store's entry, because a database has its values.
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        // Without a template the operator would copy Argo CD's tracking metadata, and Argo CD would prune the Secret.
        template: { metadata: { labels: partOf } },
      },
      data: Object.keys(lengths).map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
    },
  });
