#!/usr/bin/env bash
# The whole crash and fault matrix: every point of every example, which takes many minutes. `make test` runs a sample of it.
set -euo pipefail
cd "$(dirname "$0")/.."
KUBEBUILDER_ASSETS=$(hack/kube-binaries.sh)
export KUBEBUILDER_ASSETS
exec hack/mvn.sh -pl operator -am verify -Dit.test='CrashMatrixIT,FaultMatrixIT' -Dit.forks=1 -Dtest=NONE -Dmatrix=full \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Djacoco.skip -Dspotless.check.skip "$@"
