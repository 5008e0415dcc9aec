#!/bin/bash
# How long commands over all tasks take as whole processes, beside a bare awk over the frontmatter and, where npm can be asked, Backlog.md.
#     src/bench/list.sh [TASKS [RUNS]]     # needs hyperfine and a built Reeve
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tasks=${1:-10000}
runs=${2:-20}
reeve=$PWD/reeve

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$reeve" --version >/dev/null

# The same tasks for all: for Reeve and awk in folders of 300, for Backlog.md in its own layout.
mkdir -p "$work/reeve/tasks" "$work/backlog/backlog/tasks"
git -C "$work/reeve" init -q -b main
awk -v tasks="$tasks" -v ours="$work/reeve/tasks" -v theirs="$work/backlog/backlog/tasks" '
BEGIN {
    split("ready blocked not_started not_started", open, " "); split("dave mira sr-engineer-architect qa-engineer", owners, " ")
    for (n = 0; n < 14; n++) body = body "The customer cannot log in when the moon is full and the tide is high.\n"
    for (i = 0; i < tasks; i++) {
        if (i % 300 == 0) { folder = ours "/m" i / 300; system("mkdir -p " folder) }
        status = i % 20 < 16 ? "completed" : open[i % 20 - 15]
        file = folder "/fix-the-login-" i ".md"
        printf "---\ntitle: Fix the login of customer number %d\npriority: p%d\nmilestone: m%d-pilot\nowner: %s\nstatus: %s\n---\n## Problem\n%s## QA Exploration\n- [x] QA exploration completed\n## Review Feedback\n- [ ] Review cleared\n", i, i % 4, i / 300, owners[i % 4 + 1], status, body > file
        close(file)
        file = theirs "/task-" i + 1 " - Fix-the-login-" i ".md"
        printf "---\nid: task-%d\ntitle: Fix the login of customer number %d\nstatus: %s\nassignee: [\"@%s\"]\ncreated_date: \"2026-03-27\"\nlabels: []\ndependencies: []\npriority: %s\n---\n\n## Description\n\n%s", i + 1, i, status == "completed" ? "Done" : "To Do", owners[i % 4 + 1], i % 4 == 0 ? "high" : "medium", body > file
        close(file)
    }
}'
sleep 3 # until the files are old enough for what is read of them to be remembered

cat > "$work/awk.sh" <<'AWK'
#!/bin/sh
# Title, status, priority and owner of each task, as bare as can be.
find tasks -name '*.md' -print0 | xargs -0 awk 'FNR == 1 { f = FILENAME; sub(/.*\//, "", f); t = s = p = o = ""; next }
    /^---/ { print f, s, p, o, t; nextfile }
    /^title: / { t = substr($0, 8) } /^status: / { s = $2 } /^priority: / { p = $2 } /^owner: / { o = $2 }'
AWK
chmod +x "$work/awk.sh"

commands=(-n 'awk over the frontmatter' "$work/awk.sh"
    -n 'reeve task list' "$reeve task list"
    -n 'reeve task list, nothing remembered' "rm -rf .tasks; $reeve task list"
    -n 'reeve task show' "$reeve task show fix-the-login-7")
! "$reeve" status --help >/dev/null 2>&1 || commands+=(-n 'reeve status' "$reeve status")
cd "$work/reeve"
"$reeve" task list >/dev/null
hyperfine -i -w 2 -r "$runs" --export-json "$work/result.json" "${commands[@]}" >/dev/null 2>&1

if command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix "$work/npm" backlog.md >/dev/null 2>&1; then
    cd "$work/backlog"
    git init -q -b main
    printf 'project_name: "bench"\ndefault_status: "To Do"\nstatuses: ["To Do", "In Progress", "Done"]\nlabels: []\nmilestones: []\ndate_format: yyyy-mm-dd\nremote_operations: false\nauto_commit: false\ncheck_active_branches: false\n' > backlog/config.yml
    hyperfine -i -w 1 -r 5 --export-json "$work/peer.json" -n 'backlog task list --plain' \
        "$work/npm/node_modules/.bin/backlog task list --plain" >/dev/null 2>&1 || true
    echo "Backlog.md lists $("$work/npm/node_modules/.bin/backlog" task list --plain 2>/dev/null | grep -ci task-) tasks."
else
    echo 'Backlog.md could not be installed, so there is no peer to compare with.' >&2
fi

printf '%-38s %8s %8s %8s\n' "$tasks tasks" 'least' 'median' 'CPU'
python3 - "$work/result.json" "$work/peer.json" <<'PRINT'
import json, os, sys
for file in filter(os.path.exists, sys.argv[1:]):
    for r in json.load(open(file))["results"]:
        print(f"{r['command']:38} {r['min'] * 1000:5.0f} ms {r['median'] * 1000:5.0f} ms {(r['user'] + r['system']) * 1000:5.0f} ms")
PRINT
