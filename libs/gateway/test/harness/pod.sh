#!/bin/sh
# Runs a command as the gateway's pod does: not as root, with only /tmp writable, and with only a folder's files in /etc.
# Must start as root of its own mount namespace.
# Usage: pod.sh FOLDER root|user UID COMMAND...
set -eu
folder=$1 kind=$2 uid=$3
shift 3

mount -t tmpfs -o mode=755 tmpfs /etc
cp -R "$folder/etc/." /etc/
mount -t tmpfs -o remount,ro tmpfs /etc

# As in the image, nginx logs to stderr before it has read its configuration.
mount -t tmpfs -o mode=755 tmpfs /var
mkdir -p /var/log/nginx
ln -s /dev/stderr /var/log/nginx/error.log
mount -t tmpfs -o remount,ro tmpfs /var

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
