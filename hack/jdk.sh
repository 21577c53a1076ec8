#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer, 25 before newer ones; exit code 3 and one sentence where this machine has none.
# Looked at: JAVA_HOME, javac on PATH, the usual folders of distributions, IDEs, SDKMAN and mise, Maven's toolchains.xml.
set -euo pipefail
shopt -s nullglob

wanted=25

# major <home>: the feature release of a JDK (a runtime without javac is none).
major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

candidates() {
  local javac toolchains=$HOME/.m2/toolchains.xml
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  if javac=$(command -v javac); then
    javac=$(readlink -f "$javac") # .../bin/javac
    echo "${javac%/bin/javac}"
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jbang/cache/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home
  [ ! -r "$toolchains" ] || sed -n 's:.*<jdkHome>\(.*\)</jdkHome>.*:\1:p' "$toolchains"
}

newer=
while IFS= read -r home; do
  version=$(major "$home") || continue
  if [ "$version" = "$wanted" ]; then
    echo "$home"
    exit 0
  fi
  if [ -z "$newer" ] && [ "${version:-0}" -gt "$wanted" ]; then newer=$home; fi
done < <(candidates)

if [ -n "$newer" ]; then
  echo "$newer"
  exit 0
fi
echo "elasticache-operator needs a JDK $wanted and finds none: install one (your distribution, SDKMAN: sdk install java 25-tem, or adoptium.net) or set JAVA_HOME to it." >&2
exit 3
