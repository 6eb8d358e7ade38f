import { databases } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { databaseBases } from './bases.ts';
import { panels } from './rules/panels.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** PostgreSQL: every database that libs/contracts declares. */
export default application({ name: 'postgresql', bases: databaseBases(databases), rules, panels, runbook });
