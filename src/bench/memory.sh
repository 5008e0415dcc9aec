#!/bin/sh
# How much memory the idle server takes: starts it with a key of its own making, waits until it is ready and then for
# ten seconds more, and prints what the kernel says. Usage: src/bench/memory.sh [seconds]. Needs Linux, curl, openssl.
set -eu

home=$(CDPATH='' cd -P -- "$(dirname "$0")/../.." && pwd)
idle=${1:-10}
folder=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || :; }
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

openssl genrsa -traditional -out "$folder/key.pem" 2048 2>/dev/null
chmod 600 "$folder/key.pem"
GITHUB_APP_ID=1 GITHUB_APP_PRIVATE_KEY_FILE=$folder/key.pem GITHUB_WEBHOOK_SECRET=bench-only \
    REEVE_DATA_DIR=$folder/data PORT=0 "$home/reeve" serve > "$folder/log" 2>&1 &
server=$!

address=
until [ -n "$address" ] && curl -fs -o "$folder/ready" "http://$address/readyz"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
    address=$(sed -n 's/.*listening on \([0-9.]*:[0-9]*\).*/\1/p' "$folder/log")
done
sleep "$idle"

awk -v idle="$idle" '
    /^(Rss|Pss|Pss_Anon|Pss_File):/ { kb[$1] = $2 }
    END {
        printf "idle for %d s: resident %.0f MB, proportional %.0f MB (private memory %.0f MB, files %.0f MB)\n", idle,
            kb["Rss:"] / 1024, kb["Pss:"] / 1024, kb["Pss_Anon:"] / 1024, kb["Pss_File:"] / 1024
    }' "/proc/$server/smaps_rollup"
