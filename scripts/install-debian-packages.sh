#!/bin/bash
# usage: install-debian-packages.sh PACKAGE...
# Installs those that are missing, as root or through sudo; does nothing when all are there.
set -euo pipefail

is_installed() {
  # A virtual name such as pkg-config may be provided by another package.
  [ "$(dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | head -n 1)" = installed ]
}

if ! command -v dpkg-query >/dev/null; then
  echo "Not a Debian system. Install what stands for these packages yourself: $*" >&2
  exit 0
fi

missing=()
for package in "$@"; do
  is_installed "$package" || missing+=("$package")
done
if [ "${#missing[@]}" -eq 0 ]; then
  echo "==> Debian packages: all present"
  exit 0
fi

echo "==> Debian packages to install: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Installing needs root, and there is no sudo. As root, run:" >&2
    echo "  apt-get update && apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo --preserve-env=DEBIAN_FRONTEND)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update
"${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"
