/**
 * Which server knows the platform's sources: Koku itself, or sources-api
 * (tools/documentation/facts/decisions.md#server-of-sources).
 */
import { endpoints, mergeable, secret } from '@cost-onprem/kit/vocabulary';
import { contract } from './contract.ts';
import { kokuApiReads, kokuPrefix } from './koku.ts';

/** Both are the program's defaults (tools/documentation/facts/sources.md#ports). */
export const sourcesApi = endpoints('sources-api', { http: 8000, metrics: 9000 });

/** Koku's API answers the same questions without sources-api (tools/documentation/facts/sources.md#koku-instead). */
export const sourcesServer = mergeable({
  name: 'sources-endpoint',
  purpose: 'Which server knows the sources: Koku, or sources-api with the option of that name.',
  // Koku itself needs no such setting.
  onlyFor: 'resource-optimization',
  settings: {
    url: {
      value: `http://${kokuApiReads.http.workload}:${kokuApiReads.http.number}`,
      purpose: 'Address of the server.',
      setBy: 'stack',
    },
    prefix: { value: `${kokuPrefix}/v1`, purpose: 'Prefix of its paths.', setBy: 'stack' },
  },
});

/** Un-padded base64 of 32 bytes, which any 43 letters and digits are (tools/documentation/facts/sources.md#encryption-key). */
export const sourcesEncryption = secret('sources-encryption', { key: 43 });

/** The key with which other programs of the platform may write sources without a user. */
export const sourcesKey = secret('sources-psk', { psk: 32 });

export const sourcesContract = contract({
  settings: [sourcesServer],
  replicated: [sourcesApi.http.workload],
  secrets: [sourcesEncryption, sourcesKey],
});
