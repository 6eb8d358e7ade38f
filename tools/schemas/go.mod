// Not built: pins the version of Kubernetes whose schemas are committed here; Renovate reads it (manager: gomod).
module cost-onprem/tools/schemas

go 1.24.0

require k8s.io/kubernetes v1.36.3
