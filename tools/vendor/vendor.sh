#!/bin/sh
# Copy the third-party files that the pages use into surveys/static/vendor, with their licences and a manifest.
# Needs Node only here; the result is committed. Raise a version in package.json, run `npm install --ignore-scripts`, then this.
set -eu
cd "$(dirname "$0")"
target=../../surveys/static/vendor

npm ci --ignore-scripts --no-audit --no-fund

copy() { # FROM (inside node_modules) TO (inside the target)
  mkdir -p "$target/$(dirname "$2")"
  cp "node_modules/$1" "$target/$2"
  chmod 644 "$target/$2"
}

rm -rf "$target"
copy htmx.org/dist/htmx.min.js htmx/htmx.min.js
copy htmx.org/LICENSE htmx/LICENSE
copy @fontsource-variable/inter/files/inter-latin-wght-normal.woff2 inter/inter-latin-wght-normal.woff2
copy @fontsource-variable/inter/LICENSE inter/LICENSE

cd "$target"
LC_ALL=C find . -type f ! -name MANIFEST.sha256 | LC_ALL=C sort | xargs sha256sum > MANIFEST.sha256

# The lock file names no registry, so that everyone uses the one their npm is set to.
cd - > /dev/null
sed -i '/^ *"resolved": /d' package-lock.json
