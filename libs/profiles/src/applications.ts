/** Applications with a file of their own for their sizes, one line each. */
export { ingressRows } from './applications/ingress.ts';
export { kruizeRows } from './applications/kruize.ts';
export { monitoringRows } from './applications/monitoring.ts';
export { rosRows } from './applications/ros.ts';
export { sourcesRows } from './applications/sources.ts';
