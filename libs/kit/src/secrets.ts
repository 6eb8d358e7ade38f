/** How Secrets come about: what follows from their declarations for those who make them. */
import { ExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import { keepAnnotation, waveAnnotation } from './argo-cd.ts';
import { domain, roleLabel } from './labels.ts';
import type { SecretDeclaration } from './vocabulary.ts';

/** The ClusterSecretStore that a platform team provides, where the External Secrets Operator brings the values. */
export const storeName = domain;

/**
 * The ConfigMap that says what a Secret must be made of, for whatever makes it: one file named for the Secret, with a
 * line for each key and the number of its characters.
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

/** Asks the External Secrets Operator for a Secret: an entry of the store with its name, a property for each key. */
export const externalSecret = ({ name, lengths, role }: SecretDeclaration): ExternalSecret =>
  new ExternalSecret({
    metadata: {
      name,
      labels: { ...partOf, ...(role && roleLabel(role)) },
      annotations: { ...waveAnnotation('foundation'), ...keepAnnotation },
    },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: storeName },
      target: {
        name,
        // The Secret stays when this object or the store's entry goes, for a database knows its values.
        creationPolicy: 'Orphan',
        deletionPolicy: 'Retain',
        // Without a template the operator would copy Argo CD's own marks, and Argo CD would prune the Secret.
        template: { metadata: { labels: partOf } },
      },
      data: Object.keys(lengths).map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
    },
  });
