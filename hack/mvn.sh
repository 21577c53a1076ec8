#!/usr/bin/env bash
# Maven on a JDK 25, which the formatter needs; the arguments are Maven's.
set -euo pipefail

JAVA_HOME=$("$(dirname "${BASH_SOURCE[0]}")/jdk.sh")
export JAVA_HOME
if ! command -v mvn >/dev/null 2>&1; then
  echo "elasticache-operator is built by Maven 3.8 or newer and finds no mvn on PATH: install it (Debian: apt-get install maven)." >&2
  exit 3
fi
# Maven's own libraries still use what JDK 25 warns about.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
exec mvn -B -ntp "$@"
