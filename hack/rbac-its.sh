#!/usr/bin/env bash
# The operator's integration tests as the chart's service account, which has exactly the chart's rights, with the API server's audit log; then what
# the log says: nothing was forbidden, and every right was used. (`make test` runs the tests with the same rights, without the log.)
# Usage: hack/rbac-its.sh [flags of Maven]      IT=<pattern> runs some of them only
set -euo pipefail
cd "$(dirname "$0")/.."
KUBEBUILDER_ASSETS=$(hack/kube-binaries.sh)
export KUBEBUILDER_ASSETS
folder=$PWD/target/rbac
rm -rf "$folder"
mkdir -p "$folder"
cat >"$folder/audit-policy.yaml" <<EOF
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - {level: Metadata, users: ["system:serviceaccount:elasticache-operator:elasticache-operator"]}
  - {level: None}
EOF
# One API server at a time writes the log.
quick="-Dit.forks=1 -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip -Dspotless.check.skip"
# shellcheck disable=SC2086
hack/mvn.sh -q verify -pl operator -am $quick -Dit.test="${IT:-io/cacheoperator/it/*IT}" \
  -Dapiserver.flags="--audit-policy-file=$folder/audit-policy.yaml --audit-log-path=$folder/audit.log --audit-log-mode=blocking-strict" "$@"
# shellcheck disable=SC2086
hack/mvn.sh -q verify -pl local -am $quick -Dit.test=RbacUseIT -Drbac.audit="$folder" "$@"
echo "rbac-its: every right of the chart was used and none was missing, by $(wc -l <"$folder/audit.log") requests"
