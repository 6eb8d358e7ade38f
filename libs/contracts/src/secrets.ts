/**
 * Secrets that a cluster must hold: names, keys, and the number of alphanumeric characters of each value. No value ever
 * holds anything else, for `@ / % $ '` break Koku's migration or are read as names of variables (facts/koku.md §8).
 */
import { secret } from '@cost-onprem/kit/vocabulary';
import { dbKokuCredentials } from './databases.ts';
import { kafkaAddress } from './endpoints.ts';

/** Koku falls back to a public key in silence where it has none (facts/koku.md §1.7); 50 is Django's own length. */
export const kokuDjango = secret('koku-django', { 'secret-key': 50 });

export const valkeyCredentials = secret('valkey-credentials', { password: 32 });

/** The names of the keys are those that the Secret of an `ObjectBucketClaim` has. */
export const objectStorageCredentials = secret('object-storage', {
  AWS_ACCESS_KEY_ID: 20,
  AWS_SECRET_ACCESS_KEY: 40,
});

/** Of a Kafka of somebody else's, where it wants a password; a person brings it. */
export const kafkaCredentials = secret('kafka-credentials', { password: 32 }, kafkaAddress.more['sasl-mechanism']);

/**
 * What clients of the gateway must show until there is sign-in: the applications believe the identity in a header, so
 * whoever may send that header may be anybody.
 */
export const gatewayToken = secret('koku-gateway-token', { token: 48 });

/** All that a cluster may hold, for what makes or checks Secrets. */
export const secrets = [
  dbKokuCredentials,
  gatewayToken,
  kafkaCredentials,
  kokuDjango,
  objectStorageCredentials,
  valkeyCredentials,
] as const;
