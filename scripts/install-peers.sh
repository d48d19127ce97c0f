#!/bin/bash
# The programs `make bench` measures beside: install-peers.sh FOLDER (a Python environment).
set -euo pipefail
folder=$1
here=$(dirname "$0")
packages=(torch numpy scipy scikit-learn librosa soundfile Pillow scikit-image
  "opencv-python-headless==4.14.0.*" ipython)
if ! "$folder/bin/python" -c 'import torch, sklearn, librosa, skimage, cv2, IPython' 2>/dev/null; then
  echo "==> installing the peers into $folder (PyTorch is large)"
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet "${packages[@]}"
fi
gcc -O2 "$here/../Benchmarks/peers/pngdec.c" -o "$folder/pngdec" -lpng
