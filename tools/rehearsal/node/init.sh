#!/usr/bin/env bash
# First process of the node's namespaces. When it ends, the kernel ends all processes in them and removes their mounts,
# interfaces and rules.
set -eu
# Arguments: the node's name, a file whose existence reports readiness, the folder for volumes.
mount -t proc proc /proc
mount --make-rshared /
mount -t tmpfs tmpfs /run
mkdir -p /run/containerd /run/netns /run/volumes
mount --bind "$3" /run/volumes
echo "$1" >/proc/sys/kernel/hostname
echo 1 >/proc/sys/net/ipv4/ip_forward
ip link set lo up
touch "$2"
trap 'exit 0' TERM
# bash reaps orphaned processes of containers; it only has to stay.
while :; do
  sleep infinity &
  wait $! || true
done
