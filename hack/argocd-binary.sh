#!/usr/bin/env bash
# Prints the folder that holds the Argo CD that hack/argocd/go.mod pins, building it into the per-user cache first where it is missing:
# argocd-repo-server and argocd-application-controller (one program that looks at the name it is started by) and its CRDs in crds/.
# Exit code 3: it cannot be built here. `--find` builds nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/tools.sh"

module=github.com/argoproj/argo-cd/v3
version=$(pinned "$here/argocd/go.mod" $module)

build_argocd() {
  local source name
  cd "$here/argocd" &&
    CGO_ENABLED=0 go build -trimpath -o "$1/argocd" \
      -ldflags "-s -w -X $module/common.version=${version#v}" $module/cmd &&
    source=$(go list -m -f '{{.Dir}}' $module) &&
    mkdir "$1/crds" &&
    cp "$source"/manifests/crds/*-crd.yaml "$1/crds/" &&
    chmod -R u+w "$1/crds" &&
    for name in argocd-repo-server argocd-application-controller; do ln -s argocd "$1/$name" || return 1; done
}

provide argocd "$version" "3 to 4 minutes on 2 cores" build_argocd "${1:-}" argocd argocd-repo-server argocd-application-controller
