#!/bin/sh
# Installs the packaged extension for whoever runs the editor: install-extension.sh VSIX_FOLDER EXTENSIONS OWN
# VSIX_FOLDER has ratatouille.vsix, or the same unpacked where it was taken from an installed extension.
set -eu
packages=$1 extensions=$2 own=$3
vsix=$packages/ratatouille.vsix
binding=@duckdb/node-bindings-linux-$(node -p process.arch)

mkdir -p "$own"
if [ ! -f "$vsix" ]; then
  # An extension installed on another system has that system's engine in it.
  bindings=$packages/extension/dist/node_modules
  if [ ! -d "$bindings/$binding" ]; then
    version=$(node -p 'require(process.argv[1]).version' "$(ls -d "$bindings"/@duckdb/node-bindings-*/package.json | head -n 1)")
    rm -rf "$bindings"/@duckdb/*
    mkdir -p "$bindings/$binding"
    tarball=$(cd /tmp && npm pack --silent "$binding@$version")
    tar -xzf "/tmp/$tarball" -C "$bindings/$binding" --strip-components=1 --no-same-owner
  fi
  (cd "$packages" && python3 -m zipfile -c "$vsix" '[Content_Types].xml' extension.vsixmanifest extension)
fi
cp "$vsix" "$own/ratatouille.vsix"
code-server --extensions-dir "$extensions" --install-extension "$vsix"

home=$(ls -d "$extensions"/ratatouille.ratatouille-*)
if [ ! -d "$home/dist/node_modules/$binding" ]; then
  echo "The package has no engine for this system ($binding)." >&2
  exit 1
fi
printf '#!/bin/sh\nexec node "%s/dist/cli.cjs" "$@"\n' "$home" >"$own/cli"
# The editor installs for root alone; read by nobody else, the extension would be silently absent.
chmod -R a+rX "$extensions" "$own"
chmod a+x "$own/cli"
