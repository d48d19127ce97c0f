#!/bin/bash
# Runs all tests and says at the end which failed: run-tests.sh SWIFT FLAG...
# (What failed is lost among thousands of lines otherwise.)
set -uo pipefail
swift=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$swift" test "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -ne 0 ]; then
  echo "==> what failed"
  grep -aE 'error:|✘|Crash|signal code' "$log" | cut -c1-600
fi
exit "$status"
