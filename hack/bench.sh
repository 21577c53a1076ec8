#!/usr/bin/env bash
# What many caches cost: `hack/bench.sh [caches of the large run, default 1000]`. Under ten minutes; builds what is missing.
# BENCH_FINALIZER_POLICY=false: as on Kubernetes before 1.36, where the operator puts the finalizer on itself.
# BENCH_JAVA_OPTIONS are flags of the operator's JVM besides the image's, to try them out.
# The operator runs as in its image: the trimmed Java runtime, the AOT cache, the image's JVM flags, and the chart's memory limit.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

large=${1:-1000}
KUBEBUILDER_ASSETS=$(hack/kube-binaries.sh)
export KUBEBUILDER_ASSETS
hack/mvn.sh -q package -pl local -am -DskipTests -Djacoco.skip -Dspotless.check.skip
hack/image-layout.sh
policy=target/bench-finalizer-policy.yaml
: >"$policy"
if [ "${BENCH_FINALIZER_POLICY:-true}" = true ]; then
  "$(hack/helm-binary.sh)/helm" template elasticache-operator helm/elasticache-operator --show-only templates/finalizerpolicy.yaml \
    --api-versions admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy >"$policy"
fi
read -ra options <<<"${BENCH_JAVA_OPTIONS:-}"
# As a container with this limit would see it.
limit=$(sed -n '/^resources:/,/^[a-z]*:$/p' helm/elasticache-operator/values.yaml | sed -n '/limits:/,$s/ *memory: \([0-9]*\)Mi/\1/p' | head -1)
# The side that asks and the simulated AWS are compiled quickly or not at all: a compiler at work would be measured too.
exec "$(hack/jdk.sh)/bin/java" -XX:TieredStopAtLevel=1 -cp "local/target/local-0.1.0.jar:local/target/lib/*" io.cacheoperator.bench.Benchmark \
  crds/cacheclusters.cacheoperator.io.yaml "$policy" "$large" target/image/app/app \
  "$PWD/target/image/base/opt/java/bin/java" @jvm.options "-XX:MaxRAM=${limit}m" "${options[@]}" -jar operator.jar
