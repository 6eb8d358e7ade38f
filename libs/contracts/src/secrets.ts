/** What makes a cluster's Secrets, where the cluster does not bring them. */
import { contract } from './contract.ts';

export const secretsContract = contract({ jobs: ['secrets-generate'] });
