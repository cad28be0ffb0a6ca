#!/usr/bin/env bash
# Generates the Kotlin, Swift and Python sides out of the built library, into the packages where they are committed.
#
#   bindings/scripts/generate.sh            write them
#   bindings/scripts/generate.sh --check    compare with what is committed; nothing is written, status 1 if they differ
#
# DAIBAN_FFI_LIB names a library that was built before.
set -euo pipefail
cd "$(dirname "$0")/../.."

case "${1:-}" in
  '' | --check) ;;
  --help | -h) sed -n '2,7p' "$0"; exit 0 ;;
  *) sed -n '2,7p' "$0"; exit 2 ;;
esac

# Apart, so that the generator's features do not reach the library.
lib=${DAIBAN_FFI_LIB:-}
if [ -z "$lib" ]; then
  cargo build --release --quiet -p daiban-bindings
  lib=target/release/libdaiban_ffi.so
  [ -f "$lib" ] || lib=target/release/libdaiban_ffi.dylib
fi
cargo build --release --quiet -p daiban-uniffi-bindgen
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

target/release/uniffi-bindgen generate "$lib" --language kotlin --no-format --out-dir "$out/kotlin"
target/release/uniffi-bindgen generate "$lib" --language python --no-format --out-dir "$out/python"
target/release/uniffi-bindgen-swift "$lib" "$out/swift" --swift-sources
target/release/uniffi-bindgen-swift "$lib" "$out/ffi" --headers --modulemap --module-name DaibanFFI --modulemap-filename module.modulemap
# The generators leave blanks at line ends and at the end of files.
files=$(find "$out" -type f)
while IFS= read -r file; do
  sed -e 's/[[:blank:]]*$//' -e '${/^$/d;}' "$file" >"$file.new" && mv "$file.new" "$file"
done <<<"$files"
# The generator looks for types that hold each other in another order each time, and quotes the names it found; a circle that shares
# a type with another is missed now and then. Quoted everywhere, the same library gives the same file, and no name is used too early.
sed -E 's/(typing\.(List|Optional)\[)([A-Z][A-Za-z0-9]*)\]/\1"\3"]/g' "$out/python/daiban_ffi.py" >"$out/quoted" && mv "$out/quoted" "$out/python/daiban_ffi.py"

status=0
place() { # GENERATED COMMITTED
  if [ "$mode" = check ]; then
    if diff -u "$2" "$1" | head -n 40 >"$out/diff"; then :; fi
    if cmp -s "$1" "$2"; then echo "same: $2"; else
      echo "differs: $2; run bindings/scripts/generate.sh and commit it"; cat "$out/diff"; status=1
    fi
  else
    mkdir -p "$(dirname "$2")" && cp "$1" "$2" && echo "wrote: $2"
  fi
}
mode=${1:+check}
place "$out/kotlin/cn/daiban/core/daiban_ffi.kt" bindings/kotlin/src/generated/kotlin/cn/daiban/core/daiban_ffi.kt
place "$out/python/daiban_ffi.py" bindings/python/daiban/daiban_ffi.py
place "$out/swift/DaibanCore.swift" bindings/swift/Sources/DaibanCore/DaibanCore.swift
place "$out/ffi/DaibanFFI.h" bindings/swift/Linux/DaibanFFI/DaibanFFI.h
place "$out/ffi/module.modulemap" bindings/swift/Linux/DaibanFFI/module.modulemap
exit $status
