#!/usr/bin/env bash
# Starts the operator from the folders of hack/image-layout.sh as a container engine would: the two layers as a read-only root, the image's user, a
# /tmp of its own. Where this machine permits no mounts it starts them in place, and says so.
# Usage: hack/image/run-layout.sh <folder of image-layout.sh> [more JVM arguments]
# The environment is the operator's; files that KUBECONFIG and CACHE_OPERATOR_CONFIG name are copied to where it can read them.
set -euo pipefail

image=$(cd "$1" && pwd)
shift

if [ "$(id -u)" != 0 ] || ! unshare --mount true 2>/dev/null; then
  echo "run-layout: no mounts here: starting in place, as $(id -un), with a writable root" >&2
  cd "$image/app/app"
  exec "$image/base/opt/java/bin/java" @jvm.options "$@" -jar operator.jar
fi

mkdir -p "$image/root"
# The mounts live in a namespace of this process and end with it. As arguments, so that nothing is quoted twice.
exec unshare --mount --propagation private bash -euc '
  image=$1 root=$1/root
  shift
  mount -t overlay overlay -o "lowerdir=$image/app:$image/base" "$root"
  mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
  mount --rbind /dev "$root/dev"
  mount --rbind /proc "$root/proc"
  for variable in KUBECONFIG CACHE_OPERATOR_CONFIG; do
    if [ -n "${!variable:-}" ]; then
      install -m 400 -o 65532 "${!variable}" "$root/tmp/$variable"
      export "$variable=/tmp/$variable"
    fi
  done
  exec unshare --root="$root" --wd=/app --setgid 65532 --setuid 65532 /opt/java/bin/java @jvm.options "$@" -jar operator.jar
' run-layout "$image" "$@"
