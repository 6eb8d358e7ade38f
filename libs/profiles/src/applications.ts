/** Applications with a file of their own for their sizes, one line each. */
export { monitoringRows } from './applications/monitoring.ts';
