/** The same as in the chart of August 2026. Its programs read files of the folder `/`. */
// renovate: datasource=docker
export const image =
  'quay.io/redhat-services-prod/insights-management-tenant/insights-ocp-resource-optimization/ros-ocp-backend:ae8c990';
