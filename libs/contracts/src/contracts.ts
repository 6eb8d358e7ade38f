/** The contracts of all servers and applications, one line each. names.ts derives everything about all of them. */
export { databasesContract } from './databases.ts';
export { gatewayContract } from './gateway.ts';
export { ingressContract } from './ingress.ts';
export { kafkaContract } from './kafka.ts';
export { kokuContract } from './koku.ts';
export { kruizeContract } from './kruize.ts';
export { monitoringContract } from './monitoring.ts';
export { objectStorageContract } from './object-storage.ts';
export { rosContract } from './ros.ts';
export { secretsContract } from './secrets.ts';
export { sourcesContract } from './sources.ts';
export { trustedCaContract } from './trusted-ca.ts';
export { valkeyContract } from './valkey.ts';
