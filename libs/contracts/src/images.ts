/** Images that more than one application runs. */

/**
 * Koku as its project's own chart runs it (tools/documentation/facts/koku.md#image). A workload that needs no more than
 * Python uses it too, because every cluster has it.
 */
// renovate: datasource=docker
export const kokuImage = 'quay.io/redhat-services-prod/cost-mgmt-dev-tenant/koku:d8055ac';
