#!/usr/bin/env bash
# First process of the node's namespaces: with its end the kernel ends everything in them, and takes their mounts,
# interfaces and rules away.
set -eu
# Arguments: the node's name, a file that says that all is prepared, the folder that volumes are made in.
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
# bash takes in what containers leave behind; it only has to stay.
while :; do
  sleep infinity &
  wait $! || true
done
