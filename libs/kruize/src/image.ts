/** The same as in the chart of August 2026. It needs a processor of x86-64-v3. */
// renovate: datasource=docker
export const image = 'quay.io/redhat-services-prod/kruize-autotune-tenant/autotune:d1f0140';
