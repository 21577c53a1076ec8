#!/usr/bin/env bash
# Prints the folder that holds a python3 with boto3 and an aws of the versions that hack/python/requirements.txt pins, installing them with pip
# into the per-user cache first where they are missing. Put it on the PATH before the tests: they use what they find there.
# Exit code 3: they cannot be installed here. `--find` installs nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/tools.sh"

requirements=$here/python/requirements.txt
version=$(grep -v '^#' "$requirements" | cksum | cut -d' ' -f1)
# A virtual environment knows its own folder, so it cannot be built elsewhere and renamed: a mark says that it is whole.
cache=$(cache_dir python-clients "$version")
mark=$cache/complete

install_clients() {
  if [ -f "$mark" ]; then return 0; fi # by another while we waited for the lock
  say "installing $(grep -v '^#' "$requirements" | tr '\n' ' ')with pip into $cache (under a minute; once per user and version)"
  rm -rf "$cache"
  python3 -m venv "$cache" >&2 || { say "python3 makes no virtual environments here (Debian: apt-get install python3-venv)"; return 1; }
  local attempt
  for attempt in 1 2 3; do
    if "$cache/bin/pip" -q --disable-pip-version-check install -r "$requirements" >&2; then
      touch "$mark"
      return 0
    fi
    say "pip failed ($attempt of 3)"
  done
  return 1
}

if [ ! -f "$mark" ]; then
  [ "${1:-}" != --find ] || exit 3
  command -v python3 >/dev/null 2>&1 || { say "no python3 here"; exit 3; }
  locked "$cache.lock" install_clients || exit 3
fi
echo "$cache/bin"
