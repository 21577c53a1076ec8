#!/usr/bin/env bash
# Prints the folder that holds kube-apiserver, etcd and kubectl, getting them first where they are missing:
#   1. already there: $KUBEBUILDER_ASSETS, else the first folder of $PATH that holds all three, else the per-user cache;
#   2. built from the Go modules that hack/kube/go.mod pins, once, into the cache;
#   3. downloaded by fabric8's kube-api-test.
# Exit code 3: none of these worked. `--find` looks only (1) and gets nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/tools.sh"

names=(kube-apiserver etcd kubectl)
oldest_minor=32
version=$(pinned "$here/kube/go.mod" k8s.io/kubernetes)
cache=$(cache_dir kube "$version")

# supported <dir>: all three are there and the server is 1.32 or newer, the oldest with every field our CRDs use.
supported() {
  local minor
  all_executable "$1" "${names[@]}" || return 1
  minor=$("$1/kube-apiserver" --version 2>/dev/null | sed -n 's/^Kubernetes v1\.\([0-9]*\).*/\1/p')
  [ -n "$minor" ] && [ "$minor" -ge "$oldest_minor" ]
}

find_present() {
  local dir
  if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    if supported "$KUBEBUILDER_ASSETS"; then
      echo "$KUBEBUILDER_ASSETS"
      return 0
    fi
    say "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS does not hold ${names[*]} of Kubernetes 1.$oldest_minor or newer: looking elsewhere"
  fi
  local IFS=:
  for dir in $PATH; do
    IFS=$' \t\n'
    if [ -n "$dir" ] && supported "$dir"; then
      echo "$dir"
      return 0
    fi
  done
  if all_executable "$cache" "${names[@]}"; then
    echo "$cache"
    return 0
  fi
  return 1
}

build() {
  if all_executable "$cache" "${names[@]}"; then return 0; fi # built by another while we waited
  local tmp started=$SECONDS minor
  tmp=$(mktemp -d "$cache.building.XXXXXX")
  minor=$(echo "$version" | cut -d. -f2)
  say "building kube-apiserver $version, etcd and kubectl from Go modules into $cache"
  say "once per user and version; about 3 minutes on 2 cores, 2 GB of Go's module cache and up to 4 GB of its build cache"
  if ! (
    cd "$here/kube"
    v=k8s.io/component-base/version
    CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X $v.gitVersion=$version -X $v.gitMajor=1 -X $v.gitMinor=$minor" -o "$tmp/" ./... >&2
  ); then
    rm -rf "$tmp"
    return 1
  fi
  # fabric8's kube-api-test finds the same files when it is given this folder as its test directory.
  mkdir "$tmp/k8s"
  ln -s .. "$tmp/k8s/${version#v}-$(go env GOOS)-$(go env GOARCH)"
  publish "$tmp" "$cache"
  say "built in $((SECONDS - started)) s"
}

main() {
  find_present && return 0
  [ "${1:-}" != --find ] || return 3
  if go_usable && locked "$cache.lock" build; then
    echo "$cache"
    return 0
  fi
  echo >&2
  say "NO KUBE-APISERVER: install Go 1.25 or newer and run 'make kube-binaries', or set KUBEBUILDER_ASSETS to a folder with ${names[*]} (1.$oldest_minor or newer)"
  return 3
}

main "$@"
