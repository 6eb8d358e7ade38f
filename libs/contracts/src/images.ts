/** Images that more than one application runs. */

/**
 * Koku's image, as in its project's own chart (tools/documentation/facts/koku.md#image). Workloads that need only Python use
 * it too, because every cluster has it.
 */
// renovate: datasource=docker
export const kokuImage = 'quay.io/redhat-services-prod/cost-mgmt-dev-tenant/koku:d8055ac';
