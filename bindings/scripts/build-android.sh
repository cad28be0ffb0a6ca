#!/usr/bin/env bash
# The core for Android: one library for each ABI, checked, and an AAR of them; `--help` tells the rest.
#
# Run so far: --assemble-only (checks and assembling, by test-scripts.sh, with ELF files of the system's gcc), --help and every
# message about a missing tool. Not run so far: the building half, which needs the NDK.
set -euo pipefail
cd "$(dirname "$0")/../.."

ABIS=(arm64-v8a armeabi-v7a x86_64 x86)
PLATFORM=26          # minSdk: java.time without desugaring
PAGE=16384           # Android 15 runs on 16 KB pages and refuses what is aligned to less
LIBRARY=libdaiban_ffi.so
OUT=${DAIBAN_ANDROID_OUT:-target/android}

usage() {
  cat <<TEXT
build-android.sh                       build ${ABIS[*]} and make $OUT/daiban.aar
build-android.sh --assemble-only DIR   check DIR/<abi>/$LIBRARY and make the AAR of them; builds nothing

ANDROID_NDK_HOME     the NDK, r27 or newer (for building)
DAIBAN_KOTLIN_JAR    the Kotlin package's jar (default: the one in bindings/kotlin/target)
DAIBAN_ANDROID_OUT   where the AAR goes (default target/android)
TEXT
}

fail() { printf '%s\n' "build-android.sh: $*" >&2; exit 1; }

triple() { # ABI
  case $1 in
    arm64-v8a) echo aarch64-linux-android ;;
    armeabi-v7a) echo armv7-linux-androideabi ;;
    x86_64) echo x86_64-linux-android ;;
    x86) echo i686-linux-android ;;
  esac
}

machine() { # ABI, as readelf names it
  case $1 in
    arm64-v8a) echo ELF64 AArch64 ;;
    armeabi-v7a) echo ELF32 ARM ;;
    x86_64) echo ELF64 Advanced Micro Devices X86-64 ;;
    x86) echo ELF32 Intel 80386 ;;
  esac
}

# --- building ---------------------------------------------------------------------------------------------------------
building_tools() {
  local missing=() abi installed
  command -v cargo >/dev/null || fail "cargo is missing: install Rust with rustup, see rust-toolchain.toml for the version"
  cargo ndk --version >/dev/null 2>&1 || fail "cargo-ndk is missing: cargo install --locked cargo-ndk (4.1 or newer)"
  [ -n "${ANDROID_NDK_HOME:-}" ] ||
    fail "ANDROID_NDK_HOME is not set: install the NDK (sdkmanager 'ndk;27.2.12479018' or Android Studio) and set it to that folder"
  [ -f "$ANDROID_NDK_HOME/source.properties" ] || fail "ANDROID_NDK_HOME=$ANDROID_NDK_HOME holds no NDK (no source.properties there)"
  command -v rustup >/dev/null || return 0
  installed=$(rustup target list --installed)
  for abi in "${ABIS[@]}"; do
    grep -qx "$(triple "$abi")" <<<"$installed" || missing+=("$(triple "$abi")")
  done
  [ ${#missing[@]} = 0 ] || fail "targets are missing: rustup target add ${missing[*]}"
}

build() { # into $1/<abi>
  local targets=() abi name
  for abi in "${ABIS[@]}"; do
    targets+=(--target "$abi")
    name=$(triple "$abi" | tr 'a-z-' 'A-Z_')
    export "CARGO_TARGET_${name}_RUSTFLAGS=-C link-arg=-Wl,-z,max-page-size=$PAGE"
  done
  # A RUSTFLAGS of the caller would silently replace the flags above.
  env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS \
    cargo ndk --platform $PLATFORM "${targets[@]}" --output-dir "$1" build --locked --profile phone -p daiban-bindings
}

# --- checking ---------------------------------------------------------------------------------------------------------
assembling_tools() {
  local tool package
  for tool in readelf zip unzip; do
    package=$tool
    [ $tool != readelf ] || package=binutils
    command -v $tool >/dev/null || fail "$tool is missing: install the package $package (Debian: apt-get install $package)"
  done
}

verify() { # FILE ABI
  local header align needed
  [ -f "$1" ] || fail "$1 is missing: build all of ${ABIS[*]}"
  header=$(readelf -hW "$1" 2>/dev/null) || fail "$1 is no ELF file: build it again"
  header=$(sed -nE 's/^ *(Class|Machine): *//p' <<<"$header" | paste -sd ' ' -)
  [ "$header" = "$(machine "$2")" ] || fail "$1 is $header, $2 needs $(machine "$2"): it lies in the wrong folder"
  for align in $(readelf -lW "$1" | awk '$1 == "LOAD" { print $NF }'); do
    [ $((align % PAGE)) = 0 ] ||
      fail "$1 is aligned to $((align)) bytes, Android with 16 KB pages needs $PAGE: link with -Wl,-z,max-page-size=$PAGE"
  done
  if readelf -SW "$1" | grep -qE ' \.(symtab|debug_info) '; then
    fail "$1 is not stripped: build with --profile phone"
  fi
  needed=$(readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  if grep -q '\.so\.' <<<"$needed"; then
    fail "$1 wants ${needed//$'\n'/ }, which no Android has: it was linked for another system"
  fi
  readelf --dyn-syms -W "$1" | grep -q ' ffi_daiban_ffi_uniffi_contract_version$' ||
    fail "$1 exports no binding: it is not $LIBRARY of daiban-bindings"
  printf '%-12s %9d bytes, LOAD aligned to %d\n' "$2" "$(wc -c <"$1")" $PAGE
}

# --- assembling -------------------------------------------------------------------------------------------------------
kotlin_jar() {
  local jar=${DAIBAN_KOTLIN_JAR:-}
  [ -n "$jar" ] || jar=$(find bindings/kotlin/target -maxdepth 1 -name '*.jar' ! -name '*-sources.jar' ! -name '*-tests.jar' 2>/dev/null | head -n 1)
  [ -f "${jar:-}" ] || fail "the Kotlin package's jar is missing: build it (bindings/kotlin) or set DAIBAN_KOTLIN_JAR"
  unzip -Z1 "$jar" | grep -q '^cn/daiban/core/.*\.class$' || fail "$jar holds no class of cn.daiban.core: it is another jar"
  printf '%s\n' "$jar"
}

manifest() {
  cat <<XML
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="cn.daiban.core.aar">
    <uses-sdk android:minSdkVersion="$PLATFORM" />
</manifest>
XML
}

keep_rules() { # JNA and the bindings find classes, fields and callbacks by name
  cat <<'TEXT'
-dontwarn java.awt.**
-keep class com.sun.jna.** { *; }
-keep class * extends com.sun.jna.** { *; }
-keepclassmembers class * extends com.sun.jna.** { public *; }
-keep class cn.daiban.core.** { *; }
TEXT
}

assemble() { # FOLDER of <abi>/LIBRARY
  local abi jar work
  work=$OUT/aar
  rm -rf "$work" "$OUT/daiban.aar"
  jar=$(kotlin_jar)
  for abi in "${ABIS[@]}"; do verify "$1/$abi/$LIBRARY" "$abi"; done
  mkdir -p "$work"
  manifest >"$work/AndroidManifest.xml"
  keep_rules >"$work/proguard.txt"
  : >"$work/R.txt"
  cp "$jar" "$work/classes.jar"
  for abi in "${ABIS[@]}"; do
    mkdir -p "$work/jni/$abi"
    cp "$1/$abi/$LIBRARY" "$work/jni/$abi/"
  done
  # One date and one order: the same input makes the same AAR.
  find "$work" -exec touch -t 200001010000 {} +
  (cd "$work" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | zip -qX ../daiban.aar -@)
  rm -rf "$work"
  echo "$OUT/daiban.aar: $(wc -c <"$OUT/daiban.aar") bytes, ${#ABIS[@]} ABIs"
}

case "${1:-}" in
  --help|-h) usage; exit 0 ;;
  --assemble-only)
    [ -d "${2:-}" ] || fail "--assemble-only needs the folder that holds <abi>/$LIBRARY"
    assembling_tools
    assemble "$2"
    ;;
  '')
    building_tools
    assembling_tools
    build "$OUT/jni"
    assemble "$OUT/jni"
    ;;
  *) usage >&2; exit 2 ;;
esac
