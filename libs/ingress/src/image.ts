/** The commit that the facts were read at. It has no shell. */
// renovate: datasource=docker
export const image = 'quay.io/redhat-services-prod/hcc-integrations-tenant/insights-ingress-go:b16f1c2';
