import { gatewayToken } from '@cost-onprem/contracts';
import { application } from '@cost-onprem/kit';
import { kokuGateway } from './koku-gateway.ts';
import { routeBases } from './routes.ts';
import { rules } from './rules/rules.ts';
import { runbook } from './rules/runbook.ts';

/** The gateway: nginx in front of everything public. */
export default application({
  name: 'gateway',
  bases: { '.': { workloads: [kokuGateway], makes: [gatewayToken] }, ...routeBases },
  rules,
  runbook,
});
