// What holds the namespaces of a pod on the real node: a program of ours.
module cost-onprem/tools/rehearsal/pause

go 1.25.0
