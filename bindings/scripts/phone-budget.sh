#!/usr/bin/env bash
# The phone's budget, measured and printed: size of the stripped library as phones get it, then what the engine costs with 50 cases of
# 300 facts. Nothing is asserted about time; the targets are printed beside the figures.
#
#   bindings/scripts/phone-budget.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
case "${1:-}" in --help | -h) sed -n '2,5p' "$0"; exit 0 ;; esac
[ $# = 0 ] || { sed -n '2,5p' "$0"; exit 2; }

export CARGO_INCREMENTAL=0
cargo build --profile phone --quiet -p daiban-bindings
lib=target/phone/libdaiban_ffi.so
[ -f "$lib" ] || lib=target/phone/libdaiban_ffi.dylib
bytes=$(wc -c <"$lib")
printf 'FIGURE stripped library (%s): %s MB (target: at most 6)\n' "$(uname -m)" "$(awk "BEGIN { printf \"%.2f\", $bytes / 1e6 }")"
cargo bench --profile phone --quiet -p daiban-core --features test-support --bench agent_speed
