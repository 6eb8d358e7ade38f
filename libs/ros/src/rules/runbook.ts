import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The resource optimisation’s part of the runbook: one paragraph for each alert. */
export const runbook = readFileSync(join(import.meta.dirname, 'runbook.md'), 'utf8');
