#!/bin/sh
# Starts the server when the arguments are options or a file only, and never as root.
set -e
case "$1" in
-* | *.conf) set -- valkey-server "$@" ;;
esac
if [ "$1" = valkey-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user valkey -exec chown valkey {} +
  exec setpriv --reuid=valkey --regid=valkey --clear-groups -- "$@"
fi
exec "$@"
