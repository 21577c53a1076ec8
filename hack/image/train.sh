#!/usr/bin/env bash
# Records the AOT cache: the operator makes one cache in a simulated AWS while the JVM watches which classes it loads.
# Usage: hack/image/train.sh <folder with operator.jar> <java to record with>     writes operator.aot beside the jar
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
app=$1
java=$2
jdk=$("$here/../jdk.sh")
work=$(mktemp -d)
pids=()

say() { echo "train: $*" >&2; }

finish() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# until_true <seconds> <pid> <what> <command...>: also ends, in failure, when that process has.
until_true() {
  local deadline=$((SECONDS + $1)) pid=$2 what=$3
  shift 3
  until "$@" 2>/dev/null; do
    { [ $SECONDS -lt $deadline ] && kill -0 "$pid" 2>/dev/null; } || { say "$what did not happen"; tail -n 30 "$work"/*.log >&2; return 1; }
    sleep 0.2
  done
}

"$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$(ls "$root"/simulator/target/simulator-*.jar | head -1):$root/simulator/target/lib/*" \
  io.cacheoperator.simulator.SimulatorMain --port=0 --durations=PT1S >"$work/simulator.log" 2>&1 &
pids+=($!)
until_true 30 $! "the simulator's start" grep -q 'Simulated AWS at' "$work/simulator.log"
aws=$(sed -n 's/^Simulated AWS at //p' "$work/simulator.log")

"$jdk/bin/keytool" -genkeypair -keystore "$work/tls.p12" -storepass training -alias training -keyalg EC -validity 2 \
  -dname CN=training -ext san=ip:127.0.0.1 >"$work/keytool.log" 2>&1
"$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$app/lib/*" "$here/TrainingApi.java" "$work" "$aws" "$here/training-cache.yaml" \
  "$root/crds/cacheclusters.cacheoperator.io.yaml" >"$work/api.log" 2>&1 &
pids+=($!)
until_true 60 $! "the training API's start" test -s "$work/kubeconfig"

cd "$app"
rm -f operator.aot
env -u JDK_JAVA_OPTIONS -u JAVA_TOOL_OPTIONS KUBECONFIG="$work/kubeconfig" HOSTNAME=training \
  AWS_ENDPOINT_URL="$aws" AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_EC2_METADATA_DISABLED=true \
  CACHE_OPERATOR_CONFIG="$here/training-config.yaml" \
  "$java" $(grep '^-' jvm.options | sed 's/AOTCache=/AOTCacheOutput=/') -jar operator.jar >"$work/operator.log" 2>&1 &
operator=$!
pids+=("$operator")
until_true 60 "$operator" "Ready of the training cache" test -e "$work/ready"
kill -TERM "$operator"
wait "$operator" || true
[ -s operator.aot ] || { say "no AOT cache was written"; tail -n 30 "$work/operator.log" >&2; exit 1; }
# A cache that the JVM would silently ignore is worse than none.
"$java" -XX:AOTMode=on $(grep '^-' jvm.options) -cp operator.jar -version >/dev/null 2>"$work/check.log" || { cat "$work/check.log" >&2; exit 1; }
say "AOT cache of $(du -m operator.aot | cut -f1) MB"
