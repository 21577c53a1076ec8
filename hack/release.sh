#!/usr/bin/env bash
# Puts everything that a release consists of into target/release, with checksums. `make release` builds its parts first. Nothing is published.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
out=$root/target/release
name=elasticache-operator
version=$(sed -n 's/^version: //p' "$root/helm/$name/Chart.yaml")
helm=$("$here/helm-binary.sh")/helm
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1795219200}

rm -rf "$out"
mkdir -p "$out"

# archive <file> <top folder> <source folder>: the same bytes from the same files.
archive() {
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --mode=go=rX,u+w --transform "s,^\.,$2," -C "$3" -cf - "${@:4}" . |
    gzip -n >"$out/$1"
}

# Without the AOT cache, which belongs to one build of one JDK: for those who run `java -jar` themselves.
archive "$name-$version.tar.gz" "$name-$version" "$root/target/image/app/app" --exclude=operator.aot --exclude=jvm.options
cp "$root/target/image/$name-oci.tar" "$out/$name-$version-image-$(uname -m).tar"

# A chart package is such an archive; packed here, for `helm package` puts today's date into it.
"$helm" lint --strict "$root/helm/$name" >/dev/null
archive "$name-$version.tgz" "$name" "$root/helm/$name"
[ "$("$helm" show chart "$out/$name-$version.tgz" | sed -n 's/^version: //p')" = "$version" ]

cp "$root/deploy/$name.yaml" "$out/$name-$version.yaml"
cp "$root/deploy/finalizerpolicy.yaml" "$out/$name-$version-finalizerpolicy.yaml"
archive "$name-$version-kustomize.tar.gz" "$name" "$root/deploy/kustomize"
cat "$root"/crds/*.yaml >"$out/$name-$version-crds.yaml"
cp "$root/operator/target/sbom.json" "$out/$name-$version-sbom.cdx.json"
cp "$root/docs/reference/dependencies.md" "$out/$name-$version-dependencies.md"

(cd "$out" && sha256sum -- * >SHA256SUMS)
cat "$out/SHA256SUMS"
