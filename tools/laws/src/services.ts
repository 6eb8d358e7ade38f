/** The only ways in are the platform's Ingress or Route, and they lead to the gateway. */
import { kokuGateway } from '@cost-onprem/contracts';
import { identity } from '../../manifests/src/manifest.ts';
import { backends } from './doors.ts';
import { eachObject, type Law } from './law.ts';

/** The fields that a Service of ours may have. Others open ports of nodes, or lead outside of the namespace. */
const fields: ReadonlySet<string> = new Set([
  'clusterIP',
  'internalTrafficPolicy',
  'ipFamilies',
  'ipFamilyPolicy',
  'ports',
  'publishNotReadyAddresses',
  'selector',
  'sessionAffinity',
  'sessionAffinityConfig',
  'trafficDistribution',
  'type',
]);

/** The fields that a port of a Service may have. */
const portFields: ReadonlySet<string> = new Set(['appProtocol', 'name', 'port', 'protocol', 'targetPort']);

/** Services are for connections inside the cluster. */
export const servicesInside = eachObject(({ kind, spec = {} }) => {
  if (kind !== 'Service') return [];
  const {
    type = 'ClusterIP',
    clusterIP = 'None',
    ports = [],
  } = spec as {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly ports?: readonly object[];
  };
  const ofPorts = new Set(ports.flatMap((port) => Object.keys(port).filter((field) => !portFields.has(field))));
  const others = [...Object.keys(spec).filter((field) => !fields.has(field)), ...ofPorts];
  return [
    ...(type === 'ClusterIP' ? [] : [`is of the type ${type}; it must be ClusterIP: the platform brings the way in`]),
    ...(clusterIP === 'None' ? [] : [`asks for the address ${clusterIP}: remove clusterIP, or set it to None`]),
    ...others.map((field) => `sets ${field}, which no Service here needs: the platform brings the way in`),
  ];
});

/** Servers behind the gateway trust the identity that a request names, so nothing else may be reached from outside. */
export const gatewayFirst: Law = (objects) =>
  objects.flatMap((object) => {
    const others = backends(object)
      .map(([service]) => service)
      .filter((service) => service !== kokuGateway.http.workload);
    return [...new Set(others)].map((service) => ({
      object: identity(object),
      sentence: `leads to ${service} past ${kokuGateway.http.workload}, which checks who calls: lead to ${kokuGateway.http.workload}`,
    }));
  });
