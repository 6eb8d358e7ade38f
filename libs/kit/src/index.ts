export * from './base.ts';
export { defaultDeny } from './default-deny.ts';
export * from './labels.ts';
export * from './overlays.ts';
export * from './quantity.ts';
export { mapValues, unique } from './records.ts';
export * from './size.ts';
export * from './tables.ts';
export * from './vocabulary.ts';
