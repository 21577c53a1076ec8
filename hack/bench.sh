#!/usr/bin/env bash
# What many caches cost: `hack/bench.sh [caches of the large run, default 1000]`. Needs a JDK 25; builds what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

large=${1:-1000}
KUBEBUILDER_ASSETS=$(hack/kube-binaries.sh)
export KUBEBUILDER_ASSETS
hack/mvn.sh -q package -pl local -am -DskipTests -Djacoco.skip -Dspotless.check.skip
java="$(hack/jdk.sh)/bin/java"
flags=(-XX:+UseSerialGC -Xmx192m -XX:TieredStopAtLevel=1)
if [ -f target/operator.aot ]; then flags+=("-XX:AOTCache=target/operator.aot"); fi
exec "$java" -cp "local/target/local-0.1.0.jar:local/target/lib/*" io.cacheoperator.bench.Benchmark \
  operator/target/operator-0.1.0.jar crds/cacheclusters.cacheoperator.io.yaml "$large" "${flags[@]}"
