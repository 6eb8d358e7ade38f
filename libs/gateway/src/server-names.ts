/** How nginx finds the applications: by names that it resolves again while it runs. */
import { clientPort, type Endpoint } from '@cost-onprem/kit';

/** nginx's variable with the domain of the namespace's Services, such as `cost-onprem.svc.cluster.local`. */
export const domainVariable = '$service_domain';

/**
 * An application's address in `proxy_pass`. nginx resolves a name at run time only if the address has a variable, and it
 * does not use the search domains of /etc/resolv.conf. Without the variable it keeps the address that a Service had when
 * nginx started.
 */
export const server = (to: Endpoint): string => `${to.workload}.${domainVariable}:${clientPort(to)}`;
