#!/usr/bin/env bash
# Compiles the Kotlin package and runs its suite: every scenario against the real library and a real server on the loopback.
#
#   bindings/scripts/kotlin-test.sh
#
# Builds library and server unless DAIBAN_FFI_LIB and DAIBAN_BIN name them. Needs Maven and a JDK 17, which it installs on Debian as
# root. One scenario fills a small disk of its own and needs the right to mount.
set -euo pipefail
cd "$(dirname "$0")/../.."

case "${1:-}" in --help | -h) sed -n '2,7p' "$0"; exit 0 ;; esac
[ $# -eq 0 ] || { sed -n '2,7p' "$0"; exit 2; }

has_jdk() {
  local version
  version=$(javac -version 2>&1) && version=${version#javac } && [ "${version%%.*}" -ge 17 ] 2>/dev/null
}
if ! has_jdk || ! command -v mvn >/dev/null; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "kotlin-test: Maven and a JDK 17 or later are needed: install them, then run this again" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends maven openjdk-17-jdk-headless >/dev/null
  hash -r
  has_jdk || { echo "kotlin-test: no JDK 17 was to be had" >&2; exit 1; }
fi

target=${CARGO_TARGET_DIR:-$PWD/target}
if [ -z "${DAIBAN_FFI_LIB:-}" ]; then
  cargo build --release --quiet -p daiban-bindings
  DAIBAN_FFI_LIB=$target/release/libdaiban_ffi.so
  [ -f "$DAIBAN_FFI_LIB" ] || DAIBAN_FFI_LIB=$target/release/libdaiban_ffi.dylib
fi
if [ -z "${DAIBAN_BIN:-}" ]; then
  cargo build --release --quiet -p daiban-server
  DAIBAN_BIN=$target/release/daiban
fi
for file in "$DAIBAN_FFI_LIB" "$DAIBAN_BIN"; do
  [ -f "$file" ] || { echo "kotlin-test: $file is not there" >&2; exit 1; }
done

# An absolute path; what is there need not exist yet.
absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }

# Maven's own talk is left out, Surefire's lines are not.
mvn --batch-mode --no-transfer-progress --file bindings/kotlin/pom.xml \
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info \
  -Dffi.lib="$(absolute "$DAIBAN_FFI_LIB")" -Dserver.bin="$(absolute "$DAIBAN_BIN")" \
  clean verify
