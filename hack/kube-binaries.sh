#!/usr/bin/env bash
# Prints the folder that holds kube-apiserver, etcd and kubectl, getting them first where they are missing:
#   1. already there: $KUBEBUILDER_ASSETS, else the first folder of $PATH that holds all three, else the per-user cache;
#   2. built from the Go modules that hack/kube/go.mod pins, once, into the cache;
#   3. downloaded by fabric8's kube-api-test into the cache.
# Exit code 3: none of these worked. `--find` looks only (1) and gets nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/tools.sh"

names=(kube-apiserver etcd kubectl)
oldest_minor=32
version=$(pinned "$here/kube/go.mod" k8s.io/kubernetes)

# supported <dir>: all three are there and the server is 1.32 or newer, the oldest with every field our CRDs use.
supported() {
  local minor
  all_executable "$1" "${names[@]}" || return 1
  minor=$("$1/kube-apiserver" --version 2>/dev/null | sed -n 's/^Kubernetes v1\.\([0-9]*\).*/\1/p')
  [ -n "$minor" ] && [ "$minor" -ge "$oldest_minor" ]
}

find_installed() {
  local dir path
  if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    if supported "$KUBEBUILDER_ASSETS"; then
      echo "$KUBEBUILDER_ASSETS"
      return 0
    fi
    say "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS does not hold ${names[*]} of Kubernetes 1.$oldest_minor or newer: looking elsewhere"
  fi
  IFS=: read -ra path <<<"$PATH"
  for dir in "${path[@]}"; do
    if [ -n "$dir" ] && supported "$dir"; then
      echo "$dir"
      return 0
    fi
  done
  return 1
}

build_kube() {
  local v=k8s.io/component-base/version minor
  minor=$(echo "$version" | cut -d. -f2)
  cd "$here/kube" &&
    CGO_ENABLED=0 go build -trimpath -o "$1/" \
      -ldflags "-s -w -X $v.gitVersion=$version -X $v.gitMajor=1 -X $v.gitMinor=$minor" ./... &&
    # fabric8's kube-api-test finds the same files when it is given the cache folder as its test directory.
    mkdir "$1/k8s" &&
    ln -s .. "$1/k8s/${version#v}-$(go env GOOS)-$(go env GOARCH)"
}

provide_kube() {
  provide kube "$version" "about 3 minutes on 2 cores; 2 GB of module cache, up to 4 GB of build cache" build_kube "$1" "${names[@]}"
}

downloaded=$(cache_dir kube downloaded)

find_installed && exit 0
provide_kube --find && exit 0
supported "$downloaded" && echo "$downloaded" && exit 0
[ "${1:-}" != --find ] || exit 3
provide_kube --build && exit 0
"$here/kube/download/download.sh" "$downloaded" "1.$(echo "$version" | cut -d. -f2).*" && exit 0
say "NO KUBE-APISERVER: install Go 1.25 or newer and run 'make kube-binaries', or set KUBEBUILDER_ASSETS to a folder with ${names[*]} (1.$oldest_minor or newer)"
exit 3
