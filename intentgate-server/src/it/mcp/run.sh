#!/usr/bin/env bash
# Official MCP clients, servers and the conformance suite in front of the built gate, with and
# without it, check by check.
#
#   ./mvnw -q -DskipTests package && intentgate-server/src/it/mcp/run.sh [conformance] \
#     [conformance-client] [clients] [inspector]
#
# Needs Java, npm, Node >= 22 and Python >= 3.10 with venv. What it tests is installed, by exact
# version, into $INTENTGATE_MCP_DIR, or into a temporary directory that is removed at the end.
# Where Node is older, one of version 22 is installed there too.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../../../target/intentgate.jar
python_v1=mcp==1.30.0
python_v2=mcp==2.3.0

fail() {
  echo "run.sh: $1" >&2
  exit 2
}

[ -f "$jar" ] || fail "build the gate first: ./mvnw -q -DskipTests package"
for tool in java npm node python3; do
  command -v "$tool" > /dev/null || fail "$tool is missing"
done

dir=${INTENTGATE_MCP_DIR:-}
if [ -z "$dir" ]; then
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
fi
mkdir -p "$dir/npm"
dir=$(cd "$dir" && pwd)

is_recent() {
  [ "$("$1" -p 'Number(process.versions.node.split(".")[0]) >= 22' 2> /dev/null)" = true ]
}
if ! is_recent node; then
  own=$dir/node22/node_modules/.bin
  if ! is_recent "$own/node"; then
    rm -rf "$dir/node22"
    mkdir "$dir/node22"
    (cd "$dir/node22" && npm install --silent --no-audit --no-fund node@22) ||
      fail "Node 22 could not be installed"
    is_recent "$own/node" || fail "Node 22 does not run: are npm's install scripts off?"
  fi
  PATH=$own:$PATH
fi

if ! cmp -s "$here/package.json" "$dir/npm/package.json"; then
  cp "$here/package.json" "$dir/npm/package.json"
  (cd "$dir/npm" && npm install --silent --no-audit --no-fund --ignore-scripts) ||
    { rm "$dir/npm/package.json"; fail "the npm packages could not be installed"; }
fi

install_python() {
  [ -e "$dir/$1/installed" ] && return
  python3 -m venv "$dir/$1"
  "$dir/$1/bin/pip" install --quiet --disable-pip-version-check "$2" ||
    fail "$2 could not be installed"
  touch "$dir/$1/installed"
}
install_python python-v1 "$python_v1"
install_python python-v2 "$python_v2"

node "$here/run.mjs" "$jar" "$dir" "$@"
