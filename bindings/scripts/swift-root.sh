#!/usr/bin/env bash
# A Debian trixie in a folder with Swift 6.0 in it, so that Swift can be built and tested on any Debian; `--help` tells the rest.
set -euo pipefail

RELEASE=trixie
PACKAGES=(swiftlang libc6-dev g++ ca-certificates git openssl faketime)
ROOT=${DAIBAN_SWIFT_ROOT:-/var/cache/daiban-trixie}
STAMP=$ROOT/daiban-swift-root
# What makes a root complete; a change of it makes a new root.
RECIPE="$RELEASE ${PACKAGES[*]}"

usage() {
  cat <<'TEXT'
swift-root.sh           make the root if it is not there; prints its folder as the last line
swift-root.sh --check   0 if it is there and complete; makes nothing

DAIBAN_SWIFT_ROOT   its folder (default /var/cache/daiban-trixie), outside every work tree
DAIBAN_SWIFT_MIRROR the Debian mirror (default: the one this machine's apt uses)

Needs root rights (debootstrap, chroot), 3 GB and a few minutes, once. Nothing of it stays mounted or running.
TEXT
}

fail() { printf '%s\n' "swift-root.sh: $*" >&2; exit 1; }

complete() { [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$RECIPE" ]; }

mirror() {
  [ -z "${DAIBAN_SWIFT_MIRROR:-}" ] || { printf '%s\n' "$DAIBAN_SWIFT_MIRROR"; return; }
  local codename
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' "Codename: $codename" 'Origin: Debian' 'Created-By: Packages' 2>/dev/null | head -n 1
}

tools() {
  command -v debootstrap >/dev/null && return
  echo "installing: debootstrap"
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends debootstrap; } >/dev/null; then
    fail "debootstrap could not be installed: install it by hand (apt-get install debootstrap) and run again"
  fi
}

proxy() { # the proxy apt is told to use, if any: debootstrap fetches by itself and does not ask apt
  local Proxy=
  eval "$(apt-config shell Proxy Acquire::http::Proxy)"
  if [ -n "$Proxy" ] && [ -z "${http_proxy:-}" ]; then export http_proxy=$Proxy; fi
}

make() { # into ROOT.part, which becomes ROOT only when everything is in it
  local part=$ROOT.part from
  from=$(mirror)
  [ -n "$from" ] || fail "this machine's apt names no Debian mirror; run apt-get update, or set DAIBAN_SWIFT_MIRROR"
  rm -rf --one-file-system "$part"
  mkdir -p "$part"
  debootstrap --variant=minbase "$RELEASE" "$part" "$from" >"$part.log" 2>&1 ||
    fail "debootstrap failed (its words are in $part.log):"$'\n'"$(tail -n 5 "$part.log")"
  printf 'deb %s %s main\n' "$from" "$RELEASE" >"$part/etc/apt/sources.list"
  cp /etc/resolv.conf "$part/etc/"
  [ -z "${http_proxy:-}" ] || printf 'Acquire::http::Proxy "%s";\n' "$http_proxy" >"$part/etc/apt/apt.conf.d/01proxy"
  # /proc only inside this private mount namespace: nothing stays mounted.
  # shellcheck disable=SC2016
  unshare -m bash -c 'mount --bind /proc "$0/proc" && exec chroot "$0" env DEBIAN_FRONTEND=noninteractive bash -c "
    apt-get update -q && apt-get install -yq --no-install-recommends $*"' "$part" "${PACKAGES[@]}" >>"$part.log" 2>&1 ||
    fail "${PACKAGES[*]} could not be installed into $part (the words are in $part.log):"$'\n'"$(tail -n 5 "$part.log")"
  rm -rf "$part"/var/cache/apt/archives/*.deb
  printf '%s\n' "$RECIPE" >"$part/${STAMP##*/}"
  if [ -f "$STAMP" ]; then rm -rf --one-file-system "$ROOT"; fi
  rm -f "$part.log"
  mv -T "$part" "$ROOT"
}

case "${1:-}" in
  --help|-h) usage; exit 0 ;;
  --check) complete && { printf '%s\n' "$ROOT"; exit 0; }; fail "$ROOT is not there or not complete; run swift-root.sh" ;;
  '') ;;
  *) usage >&2; exit 2 ;;
esac

[ "$(id -u)" = 0 ] || fail "debootstrap and chroot need root rights: run as root, or in a container"
mkdir -p "$(dirname "$ROOT")"
exec 9>"$ROOT.lock"
flock 9
if ! complete; then
  if [ -e "$ROOT" ] && [ ! -f "$STAMP" ] && [ -n "$(ls -A "$ROOT")" ]; then
    fail "$ROOT exists and was not made by this script; move it away or set DAIBAN_SWIFT_ROOT"
  fi
  tools
  proxy
  began=$SECONDS
  make
  echo "made in $((SECONDS - began)) s"
fi
printf '%s\n' "$ROOT"
