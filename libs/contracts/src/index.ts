export * from './endpoints.ts';
export * from './gateway.ts';
export * from './koku-settings.ts';
export * from './koku-workers.ts';
export * from './mergeables.ts';
export * from './secrets.ts';
export * from './workloads.ts';
