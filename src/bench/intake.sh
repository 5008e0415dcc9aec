#!/bin/sh
# Compares the intake with Probot 14, which makes nothing durable, and with a floor that only verifies, in one run on this machine.
#   src/bench/intake.sh [RATE [SECONDS [ROUNDS]]]
# Needs: mvn test-compile done before, a JDK 25 (JAVA_HOME or `java`), node 20 or newer with npm, openssl.
set -eu
cd "$(dirname "$0")/../.."
rate=${1:-1000} seconds=${2:-10} rounds=${3:-3}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
case $("$java" -version 2>&1) in
*'version "25'* | *'version "26'*) ;;
*) echo "set JAVA_HOME to a JDK 25" >&2 && exit 2 ;;
esac
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" || true; rm -rf "$work"' EXIT

mvn -q -B -o dependency:build-classpath -Dmdep.outputFile="$work/classpath"
classpath=target/classes:target/test-classes:$(cat "$work/classpath")
serve="-XX:+UseSerialGC -Xms24m -Xmx512m --enable-native-access=ALL-UNNAMED -Dlogback.configurationFile=logback-test.xml"

openssl genrsa -traditional -out "$work/key.pem" 2048 2>"$work/openssl.log"
cat >"$work/server.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createNodeMiddleware, createProbot } from "probot";
const probot = createProbot({ overrides: { appId: 1, privateKey: readFileSync("key.pem", "utf8"), secret: "benchmark", logLevel: "error" } });
const middleware = await createNodeMiddleware((app) => app.on("pull_request", async () => {}), { probot, webhooksPath: "/webhooks/github" });
createServer((request, response) => {
  if (request.url === "/healthz") return response.end("alive");
  middleware(request, response, () => { response.statusCode = 404; response.end(); });
}).listen(Number(process.argv[2]), "127.0.0.1");
JS
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock probot@14 >npm.log 2>&1)

# await PORT: until the server answers
await() {
    for _ in $(seq 100); do
        curl -sf "http://127.0.0.1:$1/healthz" >"$work/alive" && return
        sleep 0.2
    done
    echo "the server does not answer" >&2
    exit 1
}

# measure LABEL PORT: what $server does
measure() {
    await "$2"
    idle=$(awk '/VmRSS/ {print int($2/1024)}' "/proc/$server/status")
    # shellcheck disable=SC2086
    "$java" -XX:+UseSerialGC -cp "$classpath" dev.reeve.bench.IntakeBench "$1" "$2" /webhooks/github "$rate" "$seconds"
    echo "         resident: idle $idle MB, after $(awk '/VmRSS/ {print int($2/1024)}' "/proc/$server/status") MB"
    kill "$server"
    wait "$server" || true
    server=
}

for round in $(seq "$rounds"); do
    echo "round $round"
    # shellcheck disable=SC2086
    "$java" $serve -cp "$classpath" dev.reeve.bench.IntakeServer floor 18081 &
    server=$!
    measure floor 18081
    # shellcheck disable=SC2086
    "$java" $serve -cp "$classpath" dev.reeve.bench.IntakeServer reeve 18082 "$work/data$round" &
    server=$!
    measure reeve 18082
    (cd "$work" && exec node server.mjs 18083) &
    server=$!
    measure probot 18083
done
