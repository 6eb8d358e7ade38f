/** A real Argo CD and its sync of a cluster: the processes, the sync, the report. */
export { changedBySecondSync, syncAgain } from './again.ts';
export { applicationName, getApplication, sync } from './application.ts';
export { startArgoCd } from './argo-cd.ts';
export { assertAllReady, assertAllWell, rehearsalReport, table } from './report.ts';
export { commitChange, commitCluster, sourceFolder, withOption } from './source.ts';
export { prepareCluster } from './prepare.ts';
export { refresh, syncCluster, waitSettled } from './sync.ts';
