#!/bin/bash
# How long a command takes from the shell's exec to its end, against what the JVM itself takes. Needs hyperfine and a built Reeve.
#     src/bench/startup.sh [RUNS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
runs=${1:-20}

java=${REEVE_JAVA_HOME:-}
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -n "$java" ] || ! grep -qE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$home/release" 2>/dev/null || java=$home
done
[ -n "$java" ] || { echo 'Set REEVE_JAVA_HOME to a JDK 25 or newer.' >&2; exit 2; }
export REEVE_JAVA_HOME=$java

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./reeve --version >/dev/null

# The floor: a class that prints a word.
mkdir "$work/hello"
echo 'class Hello { public static void main(String[] a) { System.out.println("hello"); } }' > "$work/hello/Hello.java"
"$java/bin/javac" -d "$work/hello" "$work/hello/Hello.java"
printf 'Main-Class: Hello\n' > "$work/manifest"
"$java/bin/jar" cfm "$work/hello.jar" "$work/manifest" -C "$work/hello" Hello.class
# Module options must be those that a cache was made with, or the JVM takes less from it.
flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Xlog:disable"
# shellcheck disable=SC2086 # flags are words
"$java/bin/java" $flags -XX:AOTCacheOutput="$work/hello.aot" -jar "$work/hello.jar" >/dev/null 2>&1

# The same jar without each of the things that make it fast; picocli as its authors published it.
cp -r target "$work/published"
picocli=$(find ~/.m2/repository/info/picocli/picocli -name 'picocli-*.jar' | sort | tail -n 1)
cp "$picocli" "$work/published/lib/"
# shellcheck disable=SC2086
"$java/bin/java" $flags -XX:AOTCacheOutput="$work/published.aot" -cp "$work/published/reeve.jar" \
    dev.reeve.cli.Training src/build/training/commands.txt src/build/training >/dev/null 2>&1
cache=$(find target -name 'reeve-*.aot')
[ -n "$cache" ] || { echo 'There is no cache in target/: run mvn -q -DskipTests package.' >&2; exit 2; }

hyperfine -N -w 3 -r "$runs" --export-json "$work/result.json" \
    -n 'JVM: hello' "$java/bin/java -jar $work/hello.jar" \
    -n 'JVM: hello, cached' "$java/bin/java $flags -XX:AOTCache=$work/hello.aot -jar $work/hello.jar" \
    -n 'reeve: plain java -jar' "$java/bin/java -jar $work/published/reeve.jar --help" \
    -n 'reeve: serial GC, C1' "$java/bin/java $flags -jar $work/published/reeve.jar --help" \
    -n 'reeve: and cached' "$java/bin/java $flags -XX:AOTCache=$work/published.aot -jar $work/published/reeve.jar --help" \
    -n 'reeve: and picocli rewritten' "$java/bin/java $flags -XX:AOTCache=$cache -jar target/reeve.jar --help" \
    -n './reeve --help' './reeve --help' \
    -n './reeve --version' './reeve --version' >/dev/null 2>&1

printf '%-30s %8s %8s %8s\n' '' 'least' 'median' 'CPU'
python3 - "$work/result.json" <<'PRINT'
import json, sys
for r in json.load(open(sys.argv[1]))["results"]:
    print(f"{r['command']:30} {r['min'] * 1000:5.0f} ms {r['median'] * 1000:5.0f} ms {(r['user'] + r['system']) * 1000:5.0f} ms")
PRINT
