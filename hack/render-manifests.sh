#!/usr/bin/env bash
# Renders deploy/ from the chart: one plain manifest for `kubectl apply -f`, and a kustomize base. `make manifests` runs it and a test compares.
# Usage: hack/render-manifests.sh [target folder]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
chart=$here/../helm/elasticache-operator
out=${1:-$here/../deploy}
namespace=elasticache-operator
helm=$("$here/helm-binary.sh")/helm

# Helm's own labels and annotations say nothing in a plain manifest.
render() {
  "$helm" template elasticache-operator "$chart" --namespace "$namespace" "$@" |
    sed -e '/^ *helm\.sh\/chart:/d' -e '/^ *helm\.sh\/resource-policy:/d' -e '/^ *app\.kubernetes\.io\/managed-by:/d' -e '/^# Source:/d'
}

# template <name> <helm arguments...>: the objects of one template.
template() {
  local name=$1
  shift
  echo "# Rendered from the chart by \`make manifests\`."
  render --show-only "templates/$name.yaml" "$@" | sed -e '1{/^---$/d}'
}

namespace() {
  cat <<EOF
apiVersion: v1
kind: Namespace
metadata:
  name: $namespace
  labels:
    pod-security.kubernetes.io/enforce: restricted
EOF
}

mkdir -p "$out/kustomize"

{
  echo "# The operator with the chart's default values. Rendered by \`make manifests\`; docs/install.md says how to use it."
  namespace
  render
} >"$out/elasticache-operator.yaml"

# By itself: a server before Kubernetes 1.36 does not know its kinds.
template finalizerpolicy --api-versions admissionregistration.k8s.io/v1/MutatingAdmissionPolicy >"$out/finalizerpolicy.yaml"

base=$out/kustomize
{
  echo "# Rendered from the chart by \`make manifests\`."
  namespace
} >"$base/namespace.yaml"
for name in crds serviceaccount rbac rbac-users service admissionpolicy; do
  template "$name" >"$base/$name.yaml"
done
# kustomize names the ConfigMap by its content, so that a change rolls the pods: no checksum is needed.
template deployment | sed -e '/^      annotations:$/{N;/checksum\/config/d}' >"$base/deployment.yaml"
render --show-only templates/configmap.yaml | sed -n '/^  config\.yaml: |$/,$p' | sed -e 1d -e 's/^    //' >"$base/config.yaml"
cat >"$base/kustomization.yaml" <<EOF
# Rendered from the chart by \`make manifests\`. An overlay replaces config.yaml with
#   configMapGenerator: [{name: elasticache-operator-config, namespace: $namespace, behavior: replace, files: [config.yaml]}]
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - namespace.yaml
  - crds.yaml
  - serviceaccount.yaml
  - rbac.yaml
  - rbac-users.yaml
  - service.yaml
  - deployment.yaml
  - admissionpolicy.yaml
configMapGenerator:
  - name: elasticache-operator-config
    namespace: $namespace
    files: [config.yaml]
EOF
