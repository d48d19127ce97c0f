#!/bin/bash
# Checks that a Swift compiler of version 6.2 or later is there.
set -euo pipefail

swift="${SWIFT:-swift}"
advice="Install Swift 6.2 or later from https://www.swift.org/install/linux/ and put it in PATH."

if ! command -v "$swift" >/dev/null; then
  echo "There is no \`$swift\` in PATH. $advice" >&2
  exit 1
fi
banner="$("$swift" --version 2>/dev/null)"
version="$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$banner" | head -n 1)"
if [ -z "$version" ]; then
  echo "\`$swift --version\` does not name a version. $advice" >&2
  exit 1
fi
if [ "$(printf '%s\n' 6.2 "$version" | sort -V | head -n 1)" != 6.2 ]; then
  echo "Swift $version is too old. $advice" >&2
  exit 1
fi
echo "==> Swift $version"
