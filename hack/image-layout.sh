#!/usr/bin/env bash
# Builds the content of the container image, without a container engine: a trimmed JDK, the operator's jars and the AOT cache that was recorded with
# them. The Dockerfile runs the same script, so both have the same files.
# Usage: hack/image-layout.sh [target folder]      needs operator and simulator packaged (`make image-layout` does that first)
#   <target>/base   the C library, the Java runtime, /etc/passwd, /tmp         changes with the JDK
#   <target>/app    /app: jars, AOT cache, JVM options                        changes with the operator
# The AOT cache is recorded last and lives in the jars' layer: the JVM does not notice when jars change under it, so they must never be mixed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
mkdir -p "${1:-$root/target/image}"
out=$(cd "${1:-$root/target/image}" && pwd)
jdk=$("$here/jdk.sh")
app=$out/app/app
java=$out/base/opt/java/bin/java
# Everything in the image carries this date, the build's own (project.build.outputTimestamp).
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1795219200}

# What the jars need of the JDK, by jdeps, without java.desktop: only optional bean introspection would use it.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.httpserver,jdk.management,jdk.unsupported

say() { echo "image-layout: $*" >&2; }

base_is_current() { [ -x "$java" ] && [ "$(cat "$out/base.made-of" 2>/dev/null)" = "$1" ]; }

# The runtime, and the few files of the C library that it needs: there is no distribution in the image, no shell and no package manager.
make_base() {
  local made_of file
  made_of="$modules $(cat "$jdk/release" "${BASH_SOURCE[0]}" | sha256sum)"
  if base_is_current "$made_of"; then return 0; fi
  say "linking a Java runtime of $(echo "$modules" | tr , '\n' | wc -l) modules"
  rm -rf "$out/base"
  mkdir -p "$out/base/"{opt,etc,tmp,dev,proc}
  "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$out/base/opt/java"
  # shellcheck disable=SC2046
  for file in $(ldd "$jdk/bin/java" "$jdk"/lib/*.so "$jdk/lib/server/libjvm.so" 2>/dev/null | grep -oE '/[^ ]+/(ld-linux|lib(c|m|dl|rt|pthread|gcc_s|z)\.)[^ ]*' | sort -u) \
    $(ls /lib/*-linux-gnu/lib{resolv,nss_dns,nss_files}.so.2 2>/dev/null); do
    mkdir -p "$out/base$(dirname "$file")"
    cp -L "$file" "$out/base$file"
  done
  echo 'operator:x:65532:65532::/tmp:/sbin/nologin' >"$out/base/etc/passwd"
  echo 'operator:x:65532:' >"$out/base/etc/group"
  chmod 1777 "$out/base/tmp"
  echo "$made_of" >"$out/base.made-of"
}

make_app() {
  local jar
  jar=$(ls "$root"/operator/target/operator-*.jar 2>/dev/null | grep -v -e -sources -e -javadoc | head -1)
  [ -n "$jar" ] || { say "no operator/target/operator-*.jar: run 'make build' first"; exit 1; }
  rm -rf "$out/app"
  mkdir -p "$app/lib"
  cp "$jar" "$app/operator.jar"
  # Only what the jar's own class path names: a stale library in target/lib stays out.
  (cd "$out" && "$jdk/bin/jar" --extract --file "$jar" META-INF/MANIFEST.MF)
  local name
  for name in $(tr -d '\r' <"$out/META-INF/MANIFEST.MF" | sed -e ':a' -e '$!N;s/\n //;ta' -e 'P;D' | sed -n 's/^Class-Path: //p'); do
    cp "$(dirname "$jar")/$name" "$app/lib/"
  done
  rm -r "$out/META-INF"
  cp "$here/image/jvm.options" "$app/jvm.options"
  # The recorder looks at these dates, so they are set before, and stay.
  find "$app" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

make_base
make_app
"$here/image/train.sh" "$app" "$java"
find "$out/base" "$out/app" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
chmod -R go=rX,u+w "$out/base" "$out/app"
chmod 1777 "$out/base/tmp"
say "$(du -sm "$out/base" | cut -f1) MB of runtime, $(du -sm "$out/app" | cut -f1) MB of application in $out"
