/** Applications whose sizes are in a file of their own, one line each. */
export { monitoringRows } from './applications/monitoring.ts';
