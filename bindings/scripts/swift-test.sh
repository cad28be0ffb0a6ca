#!/usr/bin/env bash
# Builds the Swift package and runs its tests against the real library and the real server; `--help` tells the rest.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  cat <<'TEXT'
swift-test.sh [FILTER]   swift build and swift test (--filter FILTER) in the Debian root that swift-root.sh makes

DAIBAN_FFI_LIB   libdaiban_ffi.so to test (default: built here, release)
DAIBAN_BIN       the server (default: built here, release)
DAIBAN_SWIFT_ROOT, DAIBAN_SWIFT_MIRROR   see swift-root.sh

Needs root rights for chroot and a private mount namespace. Ends with swift's closing line, a FIGURE line and `N passed, M failed`.
TEXT
}

case "${1:-}" in
  --help|-h) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac

fail() { printf '%s\n' "swift-test.sh: $*" >&2; exit 1; }

LOG=target/swift-test.log
# A run takes about a minute with a warm build, three with a cold one.
SECONDS_MAX=900
mkdir -p target
root=$(bindings/scripts/swift-root.sh | tail -n 1)
# One run at a time: the folder within the root is one.
exec 9>"$root.test.lock"
flock 9
inside=$root/daiban

built() { # the library and the server, unless the caller has them
  if [ -z "${DAIBAN_FFI_LIB:-}" ] || [ -z "${DAIBAN_BIN:-}" ]; then
    cargo build --release --quiet -p daiban-bindings -p daiban-server
  fi
  library=${DAIBAN_FFI_LIB:-target/release/libdaiban_ffi.so}
  server=${DAIBAN_BIN:-target/release/daiban}
  [ -f "$library" ] || fail "$library is not there: cargo build --release -p daiban-bindings, or set DAIBAN_FFI_LIB"
  [ -x "$server" ] || fail "$server is not there: cargo build --release -p daiban-server, or set DAIBAN_BIN"
}

copied() { # everything into the root; what swift built there before stays
  mkdir -p "$inside/lib" "$inside/package"
  cp "$library" "$inside/lib/libdaiban_ffi.so"
  cp "$server" "$inside/lib/daiban"
  find "$inside/package" -mindepth 1 -maxdepth 1 ! -name .build -exec rm -rf {} +
  cp -rp bindings/swift/Package.swift bindings/swift/Sources bindings/swift/Tests bindings/swift/Linux "$inside/package/"
}

# Runs within the root: certificates of an authority of our own, then the tests. What it mounts is gone with its namespace.
within() {
  cat <<'SH'
set -euo pipefail
export PATH=/usr/libexec/swift/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME=/root
mkdir -p /daiban/tls /daiban/small
cd /daiban/tls
issued() { # NAME WHEN ISSUER…
  faketime -f "$2" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$1" \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$1.key" -out "$1.pem" "${@:3}" 2>/dev/null
}
issued authority +0d -addext basicConstraints=critical,CA:TRUE
issued good +0d -CA authority.pem -CAkey authority.key
issued expired -400d -CA authority.pem -CAkey authority.key
issued future +400d -CA authority.pem -CAkey authority.key
issued stranger +0d
cat /etc/ssl/certs/ca-certificates.crt authority.pem > bundle.pem
mount --bind bundle.pem /etc/ssl/certs/ca-certificates.crt
mount -t tmpfs -o size=1m tmpfs /daiban/small
cd /daiban/package
export LD_LIBRARY_PATH=/daiban/lib DAIBAN_BIN=/daiban/lib/daiban DAIBAN_TEST_TLS=/daiban/tls DAIBAN_TEST_SMALL=/daiban/small
link=(-Xlinker -L/daiban/lib -Xlinker -ldaiban_ffi)
swift build --build-tests "${link[@]}"
# What only Apple's platforms compile, against declarations of what it uses there.
mkdir -p /daiban/stubs
for module in Combine Security; do
  swiftc -emit-module -parse-as-library -module-name $module -emit-module-path /daiban/stubs/$module.swiftmodule Tests/AppleStubs/$module.swift
done
swiftc -typecheck -warnings-as-errors -swift-version 5 -module-name DaibanKit -I /daiban/stubs -I .build/debug/Modules \
  -Xcc -fmodule-map-file=Linux/DaibanFFI/module.modulemap Sources/DaibanKit/*/*.swift
echo "the code for Apple's platforms type-checks against Tests/AppleStubs"
# Line by line, so that the log names the test at which a run that is cut off stood.
exec stdbuf -oL swift test --skip-build --disable-swift-testing "${link[@]}" "$@"
SH
}

run() { # FILTER…: in namespaces of its own, so that nothing stays mounted and no child outlives it
  within >"$inside/within.sh"
  # shellcheck disable=SC2016
  timeout --kill-after=10 $SECONDS_MAX unshare --mount --pid --fork --kill-child bash -c '
    mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" bash /daiban/within.sh "$@"' "$root" "$@" </dev/null
}

built
copied
began=$SECONDS
status=0
run ${1:+--filter "$1"} 2>&1 | tee "$LOG" | grep -vE "^Test (Case|Suite) .* (started|passed)|^\[[0-9]+/[0-9]+\]" || status=${PIPESTATUS[0]}

grep -qaE "^Test Suite '(All|Selected) tests' (passed|failed)" "$LOG" || fail "swift test did not come to its end; the whole output is in $LOG"
closing=$(grep -aE 'Executed [0-9]+ tests?' "$LOG" | tail -n 1 | sed 's/^[[:space:]]*//')
count() { grep -acE "$1" "$LOG" || true; }
failed=$(count "^Test Case .* failed \(")
skipped=$(count "^Test Case .* skipped \(")
passed=$(count "^Test Case .* passed \(")
echo "$closing"
echo "FIGURE $passed Swift tests passed, $failed failed, $skipped skipped, $(count '^/.*: warning:') compiler warnings, $((SECONDS - began)) s with the build"
echo "$passed passed, $failed failed"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$skipped" = 0 ] && [ "$passed" -gt 0 ]
