#!/usr/bin/env bash
# Prints the folder that holds the helm that hack/helm/go.mod pins, building it into the per-user cache first where it is missing.
# Exit code 3: it cannot be built here. `--find` builds nothing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/tools.sh"

version=$(pinned "$here/helm/go.mod" helm.sh/helm/v3)

# Helm takes the Kubernetes version that charts see, where no cluster is asked, from its linker: without it that is 1.20.
build_helm() {
  local minor
  cd "$here/helm" &&
    minor=$(go list -m -f '{{.Version}}' k8s.io/client-go | cut -d. -f2) &&
    CGO_ENABLED=0 go build -trimpath -o "$1/" \
      -ldflags "-s -w -X helm.sh/helm/v3/internal/version.version=$version \
        -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=$minor \
        -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=$minor" \
      helm.sh/helm/v3/cmd/helm
}

provide helm "$version" "about a minute on 2 cores" build_helm "${1:-}" helm
