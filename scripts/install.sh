#!/bin/bash
# Installs what was built: install.sh BUILD_FOLDER. PREFIX (/usr/local) says where to, DESTDIR what to put
# before it. The program lies beside its plugins in lib/eau; bin/eau leads there.
set -euo pipefail

built=${1:?usage: install.sh BUILD_FOLDER}
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix

folder=$root/lib/eau
echo "==> installing into $root"
install -d "$folder" "$root/bin" "$root/share/man/man1" \
  "$root/share/bash-completion/completions" "$root/share/zsh/site-functions" \
  "$root/share/fish/vendor_completions.d"
install -m 755 "$built/eau" "$folder/eau"
for plugin in "$built"/lib*Plugin.so; do
  if [ -e "$plugin" ]; then install -m 755 "$plugin" "$folder/"; fi
done
ln -sfn "../lib/eau/eau" "$root/bin/eau"

"$built/eau" --generate-manual >"$root/share/man/man1/eau.1"
"$built/eau" --generate-completion bash >"$root/share/bash-completion/completions/eau"
"$built/eau" --generate-completion zsh >"$root/share/zsh/site-functions/_eau"
"$built/eau" --generate-completion fish >"$root/share/fish/vendor_completions.d/eau.fish"
echo "==> installed: eau, $(find "$folder" -name '*.so' | wc -l) plugins, eau(1), completions"
