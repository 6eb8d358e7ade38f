/** The Job that generates a cluster's Secrets, unless the cluster chose another way. */
import { contract } from './contract.ts';

export const secretsContract = contract({ jobs: ['secrets-generate'] });
