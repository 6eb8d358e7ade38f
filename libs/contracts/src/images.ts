/** Images that more than one application runs. */

/**
 * Koku as upstream's own chart runs it (facts/chart.md §1); the on-premise build differs by a label only. Who needs no
 * more than a Python uses it too, for every cluster has it.
 */
// renovate: datasource=docker
export const kokuImage = 'quay.io/redhat-services-prod/cost-mgmt-dev-tenant/koku:d8055ac';
