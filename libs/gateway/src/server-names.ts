/** How nginx finds the applications: by names that it resolves again while it runs. */
import { clientPort, type Endpoint } from '@cost-onprem/kit';

/** nginx's variable with the domain of the namespace's Services, such as `cost-onprem.svc.cluster.local`. */
export const domainVariable = '$service_domain';

/**
 * An application's address in `proxy_pass`. Without the variable nginx would keep the address that the Service had when
 * nginx started (tools/documentation/facts/gateway.md#names-at-run-time).
 */
export const server = (to: Endpoint): string => `${to.workload}.${domainVariable}:${clientPort(to)}`;
