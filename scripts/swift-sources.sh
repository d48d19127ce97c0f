#!/bin/bash
# The paths of all Swift files of the package, each ended by a NUL.
set -euo pipefail
cd "$(dirname "$0")/.."
find Package.swift Sources Tests Plugins Benchmarks -name .build -prune \
  -o -name '*.swift' -print0 2>/dev/null || true
