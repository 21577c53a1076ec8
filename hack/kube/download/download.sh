#!/usr/bin/env bash
# download.sh <folder> <version>: lets fabric8's kube-api-test download kube-apiserver, etcd and kubectl of that version (1.35.* means the newest
# 1.35) into the folder and prints it. Needs Maven, a JDK and the open internet.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../tools.sh"

target=$1
version=$2

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for program in mvn "$java"; do
  command -v "$program" >/dev/null 2>&1 || { say "no $program here"; exit 3; }
done
mkdir -p "$(dirname "$target")"
tmp=$(mktemp -d "$target.downloading.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
say "downloading kube-apiserver, etcd and kubectl $version with fabric8's kube-api-test into $target"
mvn -q -B -ntp -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile="$tmp/classpath" >&2 ||
  { say "Maven cannot get kube-api-test"; exit 3; }
if ! "$java" -cp "$(cat "$tmp/classpath")" "$here/Download.java" "$tmp/got" "$version" >"$tmp/out" 2>"$tmp/err"; then
  say "not downloaded: $(grep -m1 -i exception "$tmp/err" || tail -n 1 "$tmp/err")"
  exit 3
fi
folder=$(tail -n 1 "$tmp/out")
all_executable "$folder" kube-apiserver etcd kubectl || { say "the download holds not all of kube-apiserver, etcd and kubectl"; exit 3; }
rm -rf "$target"
mv "$folder" "$target"
echo "$target"
