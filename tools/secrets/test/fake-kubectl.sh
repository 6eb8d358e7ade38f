#!/bin/sh
# Stands in for kubectl. Each file of the folder FAKE_KUBECTL named ingress-<context> or configmap-<context> has a public
# host. It writes to the file `asked` what it was told to do, and fails or hangs at the words in the files of that name.
cd "$FAKE_KUBECTL" || exit 1
refuse() { echo "error: $1" >&2; exit 1; }
if [ "$*" = 'config current-context' ]; then
  [ -e current ] || refuse 'current-context is not set'
  cat current
  exit
fi
context=$2
shift 2
[ -e "context-$context" ] || refuse "context \"$context\" does not exist"
case "$*" in
'get Route'*) refuse "the server doesn't have a resource type \"Route\"" ;;
'get Ingress'*)
  [ -e "ingress-$context" ] && printf '{"kind":"Ingress","spec":{"rules":[{"host":"%s"}]}}\n' "$(cat "ingress-$context")"
  exit 0
  ;;
'get configmaps'*)
  items=
  [ -e "configmap-$context" ] &&
    items=$(printf '{"metadata":{"name":"public-chc264kmmc"},"data":{"host":"%s"}}' "$(cat "configmap-$context")")
  printf '{"items":[%s]}\n' "$items"
  exit 0
  ;;
esac
echo "$context $*" >> asked
case "$*" in *"$(cat fails 2>/dev/null || echo nowhere)"*) refuse 'the server is away' ;; esac
case "$*" in *"$(cat hangs 2>/dev/null || echo nowhere)"*) exec sleep 60 ;; esac
