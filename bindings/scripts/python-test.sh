#!/usr/bin/env bash
# Runs every scenario of the border in Python: the real library, a real server, mypy over what is written by hand.
#
#   bindings/scripts/python-test.sh            against the package as it stands in the tree
#   bindings/scripts/python-test.sh --wheel    builds the wheel and runs against that, installed into an environment of its own
#   … [--wheel] ARGUMENTS                      arguments for pytest, such as -k kill
#
# DAIBAN_FFI_LIB and DAIBAN_BIN name a library and a server that were built before; otherwise cargo builds them. Needs Python 3.10 with
# venv, and the right to mount for the test of a full disk (tests/run takes a user namespace where there is no root).
set -euo pipefail
cd "$(dirname "$0")/../.."

wheel=
case "${1:-}" in
  --wheel) wheel=1; shift ;;
  -h | --help) sed -n '2,9p' "$0"; exit 0 ;;
esac
root=$PWD
# An absolute path; what is there need not exist yet.
absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }
target=$(absolute "${CARGO_TARGET_DIR:-target}")
python=bindings/python

# An environment with what the suite needs; made anew when the list or the interpreter changes.
environment() { # FOLDER
  local state
  state=$(python3 -VV; cat "$python/tests/requirements.txt")
  if [ "$(cat "$1/ready" 2>/dev/null)" != "$state" ]; then
    rm -rf "$1"
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check -r "$python/tests/requirements.txt"
    echo "$state" >"$1/ready"
  fi
}

library() {
  if [ -n "${DAIBAN_FFI_LIB:-}" ]; then absolute "$DAIBAN_FFI_LIB"; return; fi
  cargo build --release --quiet -p daiban-bindings
  if [ -f "$target/release/libdaiban_ffi.so" ]; then echo "$target/release/libdaiban_ffi.so"; else echo "$target/release/libdaiban_ffi.dylib"; fi
}

if [ -z "${DAIBAN_BIN:-}" ]; then
  cargo build --release --quiet -p daiban-server
  DAIBAN_BIN=$target/release/daiban
fi
DAIBAN_BIN=$(absolute "$DAIBAN_BIN")
export DAIBAN_BIN PYTHONDONTWRITEBYTECODE=1

if [ -n "$wheel" ]; then
  venv=$target/python-wheel-venv
  rm -rf "$venv" "$target/python-wheel"
  environment "$venv"
  "$venv/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$target/python-wheel" "$root/$python"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps "$target"/python-wheel/daiban-*.whl
  export DAIBAN_WHEEL=1
  unset PYTHONPATH
else
  venv=$target/python-venv
  environment "$venv"
  stage=$target/python-stage
  lib=$(library)
  rm -rf "$stage"
  mkdir -p "$stage"
  cp -r "$python/daiban" "$stage/daiban"
  cp "$lib" "$stage/daiban/"
  export PYTHONPATH=$stage
  (cd "$python" && "$venv/bin/mypy" --cache-dir "$target/python-mypy")
fi

cd "$python"
"$venv/bin/pytest" -p no:cacheprovider -q "$@" | tee "$target/python-test.log"
if [ -n "$wheel" ]; then
  bytes=$(cat "$target"/python-wheel/daiban-*.whl | wc -c)
  echo "FIGURE wheel of $(awk "BEGIN { printf \"%.1f\", $bytes / 1e6 }") MB, installed apart: $(tail -n 1 "$target/python-test.log")"
fi
