#!/usr/bin/env bash
# The core for Apple's systems: DaibanFFI.xcframework, which bindings/swift/Package.swift takes; `--help` tells the rest.
#
# Run so far: --help and the messages about a wrong system (by test-scripts.sh). Not run so far: everything else, it needs a Mac with
# Xcode. That the Rust code type-checks for aarch64-apple-ios is shown by check-phone-targets.sh on any Debian.
set -euo pipefail
cd "$(dirname "$0")/../.."

# A slice is one library for one platform: its name | targets joined into it.
SLICES=(
  "ios|aarch64-apple-ios"
  "ios-simulator|aarch64-apple-ios-sim x86_64-apple-ios"
  "macos|aarch64-apple-darwin x86_64-apple-darwin"
)
MODULE=DaibanFFI
OUT=target/apple
PACKAGE=bindings/swift

usage() {
  cat <<TEXT
build-xcframework.sh   on a Mac: build every slice and put $MODULE.xcframework into $PACKAGE;
                       $OUT/$MODULE.xcframework.zip and its checksum are for a release

Slices: iOS, iOS simulator (both processors), macOS (both processors; for swift test and tools on a Mac).
Needs Xcode, and rustup with the targets of the slices. The deployment targets are those of $PACKAGE/Package.swift.
TEXT
}

fail() { printf '%s\n' "build-xcframework.sh: $*" >&2; exit 1; }

targets() { printf '%s\n' "${SLICES[@]}" | sed 's/.*|//' | tr ' ' '\n'; }

tools() {
  local target missing=() installed
  [ "$(uname -s)" = Darwin ] || fail "this needs a Mac with Xcode; on Linux bindings/scripts/swift-test.sh builds and tests the same Swift package"
  xcodebuild -version >/dev/null 2>&1 || fail "xcodebuild does not answer: install Xcode and run sudo xcode-select -s /Applications/Xcode.app"
  command -v rustup >/dev/null || fail "rustup is missing: Apple's targets come from it"
  installed=$(rustup target list --installed)
  for target in $(targets); do
    grep -qx "$target" <<<"$installed" || missing+=("$target")
  done
  [ ${#missing[@]} = 0 ] || fail "targets are missing: rustup target add ${missing[*]}"
}

build() {
  local target
  # The C of SQLite is compiled for these too; they must not be newer than Package.swift promises.
  export IPHONEOS_DEPLOYMENT_TARGET=16.0 MACOSX_DEPLOYMENT_TARGET=13.0
  for target in $(targets); do
    cargo rustc --locked -p daiban-bindings --lib --crate-type staticlib --profile phone --target "$target" ||
      fail "daiban-bindings does not build for $target: the compiler's words are above"
  done
}

headers() { # C header and module map; the header must be the committed one
  local bindgen=(cargo run --quiet --locked --release -p daiban-uniffi-bindgen --bin uniffi-bindgen-swift --)
  cargo build --quiet --locked --release -p daiban-bindings --lib
  rm -rf "$OUT/headers"
  # In a folder of the module's name, so that it does not collide with the module map of another framework.
  mkdir -p "$OUT/headers/$MODULE"
  "${bindgen[@]}" target/release/libdaiban_ffi.dylib "$OUT/headers/$MODULE" --headers --modulemap --xcframework \
    --module-name $MODULE --modulemap-filename module.modulemap
  cmp "$OUT/headers/$MODULE/$MODULE.h" "$PACKAGE/Linux/$MODULE/$MODULE.h" ||
    fail "the committed bindings are not of this source: run bindings/scripts/generate.sh and commit what it writes"
}

join() { # one library for each slice
  local slice name target libraries
  for slice in "${SLICES[@]}"; do
    name=${slice%%|*} libraries=()
    for target in ${slice#*|}; do libraries+=("target/$target/phone/libdaiban_ffi.a"); done
    mkdir -p "$OUT/$name"
    lipo -create "${libraries[@]}" -output "$OUT/$name/libdaiban_ffi.a"
  done
}

framework() {
  local slice arguments=()
  for slice in "${SLICES[@]}"; do arguments+=(-library "$OUT/${slice%%|*}/libdaiban_ffi.a" -headers "$OUT/headers"); done
  rm -rf "$OUT/$MODULE.xcframework" "$OUT/$MODULE.xcframework.zip" "${PACKAGE:?}/$MODULE.xcframework"
  xcodebuild -create-xcframework "${arguments[@]}" -output "$OUT/$MODULE.xcframework" ||
    fail "xcodebuild made no framework: its words are above; two slices of one platform is the usual cause"
  cp -R "$OUT/$MODULE.xcframework" "$PACKAGE/"
  ditto -c -k --keepParent "$OUT/$MODULE.xcframework" "$OUT/$MODULE.xcframework.zip"
  echo "$PACKAGE/$MODULE.xcframework is in place; cd $PACKAGE && swift test"
  echo "checksum of $OUT/$MODULE.xcframework.zip: $(swift package compute-checksum "$OUT/$MODULE.xcframework.zip")"
}

case "${1:-}" in
  --help|-h) usage ;;
  '') tools; build; headers; join; framework ;;
  *) usage >&2; exit 2 ;;
esac
