#!/bin/sh
# Installs Python packages for the understudy, and compiles them.
set -eu
/opt/understudy/venv/bin/pip --quiet --no-cache-dir --disable-pip-version-check \
  install --no-compile --only-binary=:all: --requirement "$1"
/opt/understudy/venv/bin/python3 -m compileall -q -j 2 --invalidation-mode unchecked-hash /opt/understudy/venv/lib || true
