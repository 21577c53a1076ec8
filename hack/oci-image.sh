#!/usr/bin/env bash
# Packs the folders that hack/image-layout.sh made into an OCI image: a layout folder and one tar, as `docker load`, `podman load`, skopeo and crane
# take it. What the Dockerfile says of labels, user and entry point is read from it, so the two cannot differ.
# Usage: hack/oci-image.sh [folder of image-layout.sh] [tar to write]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
image=${1:-$root/target/image}
tar=${2:-$root/target/image/elasticache-operator-oci.tar}
oci=$image/oci
dockerfile=$root/Dockerfile
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1795219200}
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
case $(uname -m) in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) arch=$(uname -m) ;;
esac

rm -rf "$oci"
mkdir -p "$oci/blobs/sha256"

digest() { sha256sum "$1" | cut -d' ' -f1; }

# pack <folder>: a tar whose bytes depend on names, modes and contents only.
pack() { tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=gnu -C "$1" -cf - .; }

# blob <file>: moves it to its place by digest and prints {"digest", "size"} without braces.
blob() {
  local sum size
  sum=$(digest "$1")
  size=$(stat -c %s "$1")
  mv "$1" "$oci/blobs/sha256/$sum"
  echo "\"digest\":\"sha256:$sum\",\"size\":$size"
}

layers= diffs=
for layer in base app; do
  pack "$image/$layer" >"$oci/layer.tar"
  diffs+="${diffs:+,}\"sha256:$(digest "$oci/layer.tar")\""
  gzip -n -6 -f "$oci/layer.tar"
  layers+="${layers:+,}{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",$(blob "$oci/layer.tar.gz")}"
done

# The last stage of the Dockerfile, one instruction a line.
stage=$(sed -e ':a' -e '/\\$/{N;s/\\\n *//;ba' -e '}' "$dockerfile" | sed -n '/^FROM scratch/,$p')
instruction() { echo "$stage" | sed -n "s/^$1 //p"; }
labels=$(instruction LABEL | grep -oE '[a-z.]+="[^"]*"' | sed -E 's/^([a-z.]+)=(.*)$/"\1":\2/' | paste -sd,)
version=$(instruction LABEL | sed -E 's/.*image\.version="([^"]*)".*/\1/')

cat >"$oci/config" <<EOF
{"architecture":"$arch","os":"linux","created":"$created","config":{"User":"$(instruction USER)","WorkingDir":"$(instruction WORKDIR)","ExposedPorts":{"$(instruction EXPOSE)/tcp":{}},"Entrypoint":$(instruction ENTRYPOINT),"Env":["PATH=/opt/java/bin"],"Labels":{$labels}},"rootfs":{"type":"layers","diff_ids":[$diffs]},"history":[{"created":"$created","created_by":"hack/image-layout.sh: base"},{"created":"$created","created_by":"hack/image-layout.sh: app"}]}
EOF
cat >"$oci/manifest" <<EOF
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json",$(blob "$oci/config")},"layers":[$layers]}
EOF
cat >"$oci/index.json" <<EOF
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",$(blob "$oci/manifest"),"platform":{"architecture":"$arch","os":"linux"},"annotations":{"org.opencontainers.image.ref.name":"$version"}}]}
EOF
echo '{"imageLayoutVersion":"1.0.0"}' >"$oci/oci-layout"
mkdir -p "$(dirname "$tar")"
pack "$oci" >"$tar"
echo "$tar"
