/** Koku as upstream's own chart runs it (facts/chart.md §1); the on-premise build differs by a label only. */
// renovate: datasource=docker
export const image = 'quay.io/redhat-services-prod/cost-mgmt-dev-tenant/koku:d8055ac';
