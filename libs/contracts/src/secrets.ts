/** What makes a cluster's Secrets, where nobody brings them. */
import { contract } from './contract.ts';

export const secretsContract = contract({ jobs: ['secrets-generate'] });
