// The exporter of the cache, of the version that clusters pin.
module cost-onprem/tools/rehearsal/redis_exporter

go 1.25.0

require github.com/oliver006/redis_exporter v1.86.0
