#!/bin/sh
# Runs a command the way the gateway's pod does: not as root, with /tmp as the only place to write, and with nothing in
# /etc but what a folder holds. Must start in a mount namespace of its own, as that namespace's root.
# Usage: pod.sh FOLDER root|user UID COMMAND...
set -eu
folder=$1 kind=$2 uid=$3
shift 3

mount -t tmpfs -o mode=755 tmpfs /etc
cp -R "$folder/etc/." /etc/
mount -t tmpfs -o remount,ro tmpfs /etc

# Like the image: what nginx has to say before it has read its configuration goes to stderr.
mount -t tmpfs -o mode=755 tmpfs /var
mkdir -p /var/log/nginx
ln -s /dev/stderr /var/log/nginx/error.log
mount -t tmpfs -o remount,ro tmpfs /var

for writable in /run /dev/shm; do
  if [ -d $writable ]; then mount -t tmpfs -o ro tmpfs $writable; fi
done
mount -t tmpfs -o mode=1777 tmpfs /tmp
cd /

# Without its parent nginx stops: a test run that is killed leaves nothing behind.
if [ "$kind" = root ]; then
  exec setpriv --reuid "$uid" --regid "$uid" --clear-groups --pdeathsig TERM "$@"
fi
exec unshare --user --map-user="$uid" --map-group="$uid" setpriv --pdeathsig TERM "$@"
