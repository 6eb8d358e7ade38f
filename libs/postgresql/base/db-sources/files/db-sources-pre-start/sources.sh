# Sourced before the image makes the cluster on an empty volume.
initdb() {
  command initdb --set=huge_pages=off "$@"
}
