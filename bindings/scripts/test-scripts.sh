#!/usr/bin/env bash
# Checks the scripts beside it: their shell, their help, what they say when a tool is missing, and build-android's checks with real ELF
# files of the system's gcc. Takes seconds; prints `N passed, 0 failed`.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

HERE=bindings/scripts
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); }
wrong() { failed=$((failed + 1)); printf 'FAILED %s\n' "$*"; }

says() { # NAME STATUS WORDS COMMAND…: the command ends with STATUS and its output has WORDS
  local name=$1 status=$2 words=$3 out rc=0
  shift 3
  out=$("$@" 2>&1 </dev/null) || rc=$?
  if [ $rc != "$status" ]; then wrong "$name: status $rc, expected $status: $out"
  elif ! grep -qF -- "$words" <<<"$out"; then wrong "$name: said nothing of \"$words\": $out"
  else ok; fi
}

tools() {
  local missing=()
  command -v shellcheck >/dev/null || missing+=(shellcheck)
  command -v gcc >/dev/null || missing+=(gcc)
  command -v readelf >/dev/null || missing+=(binutils)
  command -v zip >/dev/null || missing+=(zip)
  command -v unzip >/dev/null || missing+=(unzip)
  [ ${#missing[@]} = 0 ] && return
  echo "installing: ${missing[*]}"
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}"; } >/dev/null; then
    echo "could not install ${missing[*]}; install them by hand and run again"; exit 1
  fi
}

# --- every script ---------------------------------------------------------------------------------------------------------
# These take no words but their own; others hand words on to a test runner, and --help alone is safe with all.
STRICT=(build-android.sh build-xcframework.sh check-phone-targets.sh generate.sh swift-root.sh swift-test.sh)

all_scripts() {
  local script name
  for script in "$HERE"/*.sh; do
    name=${script##*/}
    says "$name: shellcheck" 0 '' shellcheck "$script"
    [ "$name" = test-scripts.sh ] && continue
    says "$name --help" 0 "$name" timeout 10 "$script" --help
  done
  for name in "${STRICT[@]}"; do
    says "$name with a word it does not know" 2 "$name" timeout 10 "$HERE/$name" --no-such-word
  done
}

# --- missing tools --------------------------------------------------------------------------------------------------------
bare() { # a folder for PATH with only these tools
  local folder tool
  folder=$(mktemp -d "$WORK/bare.XXXX")
  for tool in bash dirname env "$@"; do ln -s "$(command -v "$tool")" "$folder/$tool"; done
  printf '%s\n' "$folder"
}

stand_in() { # FOLDER NAME WORDS: a tool that prints WORDS
  printf '#!/bin/sh\nprintf "%%s\\n" "%s"\n' "$3" >"$1/$2"
  chmod +x "$1/$2"
}

missing_tools() {
  local none cargo ndk
  none=$(bare)
  says "android without cargo" 1 "install Rust with rustup" env "PATH=$none" $HERE/build-android.sh
  cargo=$(bare)
  printf '#!/bin/sh\nexit 101\n' >"$cargo/cargo" && chmod +x "$cargo/cargo"
  says "android without cargo-ndk" 1 "cargo install --locked cargo-ndk" env "PATH=$cargo" $HERE/build-android.sh
  ndk=$(bare grep)
  stand_in "$ndk" cargo "cargo-ndk 4.1.2"
  says "android without an NDK" 1 "ANDROID_NDK_HOME is not set" env -u ANDROID_NDK_HOME "PATH=$ndk" $HERE/build-android.sh
  says "android with a folder that is no NDK" 1 "holds no NDK" env ANDROID_NDK_HOME="$WORK" "PATH=$ndk" $HERE/build-android.sh
  mkdir -p "$WORK/ndk" && : >"$WORK/ndk/source.properties"
  stand_in "$ndk" rustup aarch64-linux-android
  says "android without three targets" 1 "rustup target add armv7-linux-androideabi x86_64-linux-android i686-linux-android" \
    env ANDROID_NDK_HOME="$WORK/ndk" "PATH=$ndk" $HERE/build-android.sh
  says "android without readelf" 1 "install the package binutils" env "PATH=$none" $HERE/build-android.sh --assemble-only "$WORK"
  says "xcframework on another system" 1 "needs a Mac with Xcode" $HERE/build-xcframework.sh
  none=$(bare)
  stand_in "$none" uname Darwin
  says "xcframework without Xcode" 1 "install Xcode" env "PATH=$none" $HERE/build-xcframework.sh
  stand_in "$none" xcodebuild "Xcode 26"
  says "xcframework without rustup" 1 "rustup is missing" env "PATH=$none" $HERE/build-xcframework.sh
  says "Swift root that is not there" 1 "run swift-root.sh" env DAIBAN_SWIFT_ROOT="$WORK/nowhere" $HERE/swift-root.sh --check
  says "Swift root in a folder of others" 1 "was not made by this script" env DAIBAN_SWIFT_ROOT="$WORK/ndk" $HERE/swift-root.sh
}

# --- build-android's checks -----------------------------------------------------------------------------------------------
elf() { # FILE MACHINE-BYTE FLAGS…: a shared library; e_machine is set to what the ABI needs
  local file=$1 machine=$2
  shift 2
  mkdir -p "$(dirname "$file")"
  gcc -shared -nostdlib -fPIC -o "$file" "$WORK/binding.c" "$@" &&
    printf '%b' "\\x$machine" | dd of="$file" bs=1 seek=18 conv=notrunc status=none
}

good_set() { # FOLDER: four libraries as they should be
  local paged=(-s "-Wl,-z,max-page-size=16384")
  elf "$1/arm64-v8a/libdaiban_ffi.so" b7 "${paged[@]}" &&
    elf "$1/x86_64/libdaiban_ffi.so" 3e "${paged[@]}" &&
    elf "$1/armeabi-v7a/libdaiban_ffi.so" 28 -m32 "${paged[@]}" &&
    elf "$1/x86/libdaiban_ffi.so" 03 -m32 "${paged[@]}"
}

assembles() { # NAME STATUS WORDS FOLDER
  says "$1" "$2" "$3" env "DAIBAN_KOTLIN_JAR=$WORK/kotlin.jar" "DAIBAN_ANDROID_OUT=$WORK/out" $HERE/build-android.sh --assemble-only "$4"
}

android() {
  local good=$WORK/good lib=libdaiban_ffi.so bad content
  echo 'int ffi_daiban_ffi_uniffi_contract_version(void) { return 30; }' >"$WORK/binding.c"
  echo 'int other(void) { return 0; }' >"$WORK/other.c"
  mkdir -p "$WORK/classes/cn/daiban/core" && echo x >"$WORK/classes/cn/daiban/core/Core.class"
  (cd "$WORK/classes" && zip -qr ../kotlin.jar .)
  good_set "$good" || { wrong "gcc makes no 32-bit and 64-bit libraries here"; return; }
  says "no jar" 1 "the Kotlin package's jar is missing" env DAIBAN_KOTLIN_JAR="$WORK/none.jar" $HERE/build-android.sh --assemble-only "$good"
  assembles "four good libraries" 0 "4 ABIs" "$good"
  content=$(unzip -Z1 "$WORK/out/daiban.aar" | paste -sd ' ' -)
  if [ "$content" = "AndroidManifest.xml R.txt classes.jar jni/arm64-v8a/$lib jni/armeabi-v7a/$lib jni/x86/$lib jni/x86_64/$lib proguard.txt" ]; then ok
  else wrong "the AAR holds: $content"; fi
  says "JNA's keep rules" 0 "-keep class com.sun.jna.** { *; }" unzip -p "$WORK/out/daiban.aar" proguard.txt
  cp "$WORK/out/daiban.aar" "$WORK/first.aar" && sleep 1
  assembles "the same again" 0 "4 ABIs" "$good"
  says "the same input makes the same bytes" 0 '' cmp "$WORK/first.aar" "$WORK/out/daiban.aar"

  bad=$WORK/bad
  broken() { rm -rf "$bad" && cp -r "$good" "$bad"; }
  broken; elf "$bad/x86_64/$lib" 3e -s -Wl,-z,max-page-size=4096
  assembles "4 KB pages" 1 "aligned to 4096 bytes" "$bad"
  if [ -e "$WORK/out/daiban.aar" ]; then wrong "an AAR is there although a library is bad"; else ok; fi
  broken; elf "$bad/arm64-v8a/$lib" b7 -Wl,-z,max-page-size=16384
  assembles "not stripped" 1 "is not stripped" "$bad"
  broken; rm "$bad/x86/$lib"
  assembles "an ABI is missing" 1 "x86/$lib is missing" "$bad"
  broken; cp "$good/x86/$lib" "$bad/armeabi-v7a/$lib"
  assembles "in the wrong folder" 1 "it lies in the wrong folder" "$bad"
  broken; echo text >"$bad/x86/$lib"
  assembles "no ELF" 1 "is no ELF file" "$bad"
  broken; gcc -shared -fPIC -s -Wl,-z,max-page-size=16384 -Wl,--no-as-needed -o "$bad/x86_64/$lib" "$WORK/binding.c"
  assembles "linked for this machine" 1 "which no Android has" "$bad"
  broken; gcc -shared -nostdlib -fPIC -s -Wl,-z,max-page-size=16384 -o "$bad/x86_64/$lib" "$WORK/other.c"
  assembles "another library" 1 "exports no binding" "$bad"
}

tools
all_scripts
missing_tools
android
echo "$passed passed, $failed failed"
[ $failed = 0 ]
