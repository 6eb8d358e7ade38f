#!/bin/sh
# Runs a command as the gateway's pod does: not as root, with only /tmp writable, and with only a folder's files in /etc.
# Its limit of open files is that of a container under systemd.
# Must start as root of its own mount namespace.
# Usage: pod.sh FOLDER root|user UID ipv6|ipv4 COMMAND...
set -eu
folder=$1 kind=$2 uid=$3 family=$4
shift 4
ulimit -S -n 1024

mount -t tmpfs -o mode=755 tmpfs /etc
cp -R "$folder/etc/." /etc/
mount -t tmpfs -o remount,ro tmpfs /etc

# As in the image, nginx logs to stderr before it has read its configuration.
mount -t tmpfs -o mode=755 tmpfs /var
mkdir -p /var/log/nginx
ln -s /dev/stderr /var/log/nginx/error.log
mount -t tmpfs -o remount,ro tmpfs /var

# Without IPv6 the kernel's files about the network lack those of IPv6; nginx reads no others of them.
if [ $family = ipv4 ]; then
  mkdir "$folder/network"
  mount --bind "$folder/network" /proc/$$/net
fi

for writable in /run /dev/shm; do
  if [ -d $writable ]; then mount -t tmpfs -o ro tmpfs $writable; fi
done
mount -t tmpfs -o mode=1777 tmpfs /tmp
cd /

# nginx stops when its parent dies, so that a killed test run leaves no process.
if [ "$kind" = root ]; then
  exec setpriv --reuid "$uid" --regid "$uid" --clear-groups --pdeathsig TERM "$@"
fi
exec unshare --user --map-user="$uid" --map-group="$uid" setpriv --pdeathsig TERM "$@"
