# Shared by the *-binary.sh and *-binaries.sh scripts beside it: sourced, never run.
# Tools are built from the Go modules that hack/<tool>/go.mod pins, into a folder per user and version, so a second clone builds nothing.
# stdout belongs to the answer (a path); everything said to people goes to stderr.

say() { echo "$(basename "$0"): $*" >&2; }

# cache_dir <tool> <version>: where a tool of that version is kept.
cache_dir() { echo "${XDG_CACHE_HOME:-$HOME/.cache}/elasticache-operator/$1/${2#v}"; }

# pinned <go.mod> <module>: the version that a go.mod requires.
pinned() { awk -v m="$2" '$1 == m && $2 != "=>" { print $2; exit }' "$1"; }

# all_executable <dir> <name>...
all_executable() {
  local dir=$1 name
  shift
  for name in "$@"; do [ -f "$dir/$name" ] && [ -x "$dir/$name" ] || return 1; done
}

# go_usable: whether a Go is here that builds our modules; since 1.21 it fetches a newer toolchain, itself a module, where one is asked for.
go_usable() {
  local version
  command -v go >/dev/null 2>&1 || { say "no Go here (go.dev/dl, 1.25 or newer)"; return 1; }
  version=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null)
  case $version in
    go1.[0-9] | go1.[0-9].* | go1.1[0-9]* | go1.20*) say "$version is too old: 1.25 builds, 1.21 to 1.24 fetch 1.25 themselves"; return 1 ;;
  esac
}

# locked <lock file> <command...>: one build at a time where flock is had; elsewhere two builds only waste work, as results are renamed into place.
locked() {
  local lock=$1
  shift
  mkdir -p "$(dirname "$lock")"
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || { say "another build is running: waiting for it"; flock 9; }
      "$@"
    ) 9>"$lock"
  else
    "$@"
  fi
}

# provide <tool> <version> <cost> <builder> <mode> <program>...: prints the cache folder that holds the programs, after running
# `builder <empty folder>` where they are missing (unless mode is --find). Exit code 3: not here and not built.
provide() {
  local tool=$1 version=$2 cost=$3 builder=$4 mode=$5 cache
  shift 5
  cache=$(cache_dir "$tool" "$version")
  if ! all_executable "$cache" "$@"; then
    [ "$mode" != --find ] || return 3
    go_usable && locked "$cache.lock" build_into_cache "$cache" "$cost" "$builder" "$@" || return 3
  fi
  echo "$cache"
}

# Builds beside the cache folder and renames, so that nobody ever sees half of it. Said explicitly (|| return), because callers test the result and
# bash ignores `set -e` there.
build_into_cache() {
  local cache=$1 cost=$2 builder=$3 tmp started=$SECONDS
  shift 3
  if all_executable "$cache" "$@"; then return 0; fi # built by another while we waited for the lock
  say "building $* from Go modules into $cache ($cost; once per user and version)"
  tmp=$(mktemp -d "$cache.building.XXXXXX") || return 1
  # shellcheck disable=SC2064
  trap "rm -rf '$tmp'" EXIT
  "$builder" "$tmp" >&2 && all_executable "$tmp" "$@" && chmod 755 "$tmp" && rm -rf "$cache" && mv "$tmp" "$cache" || { say "the build of $* failed"; return 1; }
  say "built in $((SECONDS - started)) s"
}
