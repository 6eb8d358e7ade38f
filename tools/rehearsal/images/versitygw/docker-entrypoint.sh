#!/bin/sh
# Replaces upstream's script: it passes arguments to the program; without any, variables choose the backend.
if [ $# = 0 ]; then
  case $VGW_BACKEND in
  posix | scoutfs | s3 | azure | plugin | iam) ;;
  *)
    echo "VGW_BACKEND is '$VGW_BACKEND': must be posix, scoutfs, s3, azure, plugin or iam, or give arguments" >&2
    exit 1
    ;;
  esac
  # All but one are lists of words.
  # shellcheck disable=SC2086
  set -- $VGW_ARGS "$VGW_BACKEND" ${VGW_BACKEND_ARG:+"$VGW_BACKEND_ARG"} $VGW_BACKEND_ARGS
fi
exec "${VGW_BINARY:-/usr/local/bin/versitygw}" "$@"
