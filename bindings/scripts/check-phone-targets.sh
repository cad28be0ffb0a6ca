#!/usr/bin/env bash
# Type-checks a package for phones on a machine that has neither Android's NDK nor Xcode; `--help` tells the rest.
set -euo pipefail
cd "$(dirname "$0")/../.."

TARGETS=(aarch64-linux-android aarch64-apple-ios aarch64-unknown-linux-ohos)
# Debian's own compiler: it comes with the sources of std, so that std can be checked for a target nobody installed.
DEBIAN=(rustc-web cargo-web rust-web-src)
FOLDER=target/phone-targets

usage() {
  cat <<TEXT
check-phone-targets.sh [PACKAGE]   default daiban-bindings

cargo check for ${TARGETS[*]}, std included, with Debian's ${DEBIAN[*]}
(installed by apt if missing). C sources are not compiled and nothing is linked: it proves that all Rust code, cfg(target_os) parts
included, type-checks there; it does not prove that an app links or runs.
TEXT
}

fail() { printf '%s\n' "check-phone-targets.sh: $*" >&2; exit 1; }

tools() {
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && [ -f /usr/lib/rustlib/src/rust/library/Cargo.lock ] && return
  echo "installing: ${DEBIAN[*]}"
  local words
  words=$(apt-get update -q 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${DEBIAN[@]}" 2>&1) ||
    fail "${DEBIAN[*]} could not be installed; install them by hand and run again. apt says:"$'\n'"$(tail -n 5 <<<"$words")"
}

# cc-rs asks these for objects and archives, and for a folder of Apple's; the checked code never looks into them.
fakes() {
  mkdir -p $FOLDER/fake/iPhoneOS.platform/iPhoneOS.sdk
  cat >$FOLDER/fake/cc <<'SH'
#!/bin/sh
while [ $# -gt 0 ]; do
  if [ "$1" = -o ]; then : >"$2"; fi
  shift
done
SH
  cat >$FOLDER/fake/ar <<'SH'
#!/bin/sh
for word in "$@"; do
  case $word in *.a) printf '!<arch>\n' >"$word" ;; esac
done
SH
  chmod +x $FOLDER/fake/cc $FOLDER/fake/ar
}

check() { # PACKAGE TARGET
  local under=${2//-/_}
  env RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$FOLDER CARGO_PROFILE_DEV_DEBUG=0 "SDKROOT=$PWD/$FOLDER/fake/iPhoneOS.platform/iPhoneOS.sdk" \
    "CC_$under=$PWD/$FOLDER/fake/cc" "AR_$under=$PWD/$FOLDER/fake/ar" RUSTFLAGS= RUSTUP_TOOLCHAIN= \
    /usr/bin/cargo check --quiet --locked -p "$1" --target "$2" -Zbuild-std=std,panic_unwind
}

case "${1:-}" in
  --help|-h) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac
package=${1:-daiban-bindings}

tools
cold=1
[ ! -d $FOLDER/debug ] || cold=0
fakes
/usr/bin/rustc --version
passed=0 failed=0 figures=()
for target in "${TARGETS[@]}"; do
  began=$SECONDS
  if check "$package" "$target"; then
    passed=$((passed + 1))
    figures+=("$target $((SECONDS - began)) s")
    echo "$target: ok, $((SECONDS - began)) s"
  else
    failed=$((failed + 1))
    figures+=("$target FAILED")
    echo "$target: FAILED after $((SECONDS - began)) s"
  fi
done
[ $cold = 0 ] || package="$package (nothing compiled before)"
echo "FIGURE $package type-checks for $passed of ${#TARGETS[@]} phone targets: $(printf '%s, ' "${figures[@]}" | sed 's/, $//')"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
