/**
 * The words in which applications are declared. Everything here is data and identity functions: what follows from a
 * declaration is written elsewhere in this library, one file per consequence.
 */
export type { Overlay } from './generated/overlay.ts';
export * from './vocabulary/applications.ts';
export * from './vocabulary/connections.ts';
export * from './vocabulary/endpoints.ts';
export * from './vocabulary/secrets.ts';
export * from './vocabulary/settings.ts';
export * from './vocabulary/values.ts';
export * from './vocabulary/workloads.ts';
