package dev.reeve.kit;

import dev.reeve.model.Sha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static dev.reeve.kit.GitRepositories.git;

/** A repository of a story, at GitHub and in git. It begins with three tasks. */
public final class Project {

    private static final Map<String, String> FILES = Map.of("tasks/fix-login.md", """
            ---
            title: Fix the redirect after login
            priority: p1
            owner: dave
            status: ready            # queued on Monday
            depends_on: []
            ---
            ## Problem
            After the login everybody lands on the start page.
            """, "tasks/search/add-search.md", taskFile("Search by colour", "ready"), "tasks/pay-by-card.md",
            taskFile("Pay by card", "not_started"), ".reeve.yml",
            "owners:\n  dave: { aliases: [dave.fowler], github: [davefowler] }\n", ".gitignore",
            ".tasks/\ntasks/logs/\n", "login.txt", "redirect: /\n");

    private final Scenario scenario;
    private final GitRepositories.Remote remote;
    private final FakeRepository atGitHub;
    private final Map<Integer, PullStory> pulls = new TreeMap<>();

    Project(Scenario scenario, String name) {
        this.scenario = scenario;
        this.remote = scenario.remotes().remote(name);
        var first = remote.commit("main");
        FILES.forEach(first::file);
        first.push("The shop and its tasks");
        remote.script("post-receive", "cat >> pushes");
        this.atGitHub = scenario.gitHub().repository(name, remote.path());
    }

    /** A task file of this title and status. */
    public static String taskFile(String title, String status) {
        return "---\ntitle: " + title + "\nowner: dave\nstatus: " + status + "\n---\n## Problem\nAs the title says.\n";
    }

    public GitRepositories.Remote remote() {
        return remote;
    }

    public FakeRepository atGitHub() {
        return atGitHub;
    }

    /** The bookkeeping pull request. */
    public BookkeepingStory bookkeeping() {
        return new BookkeepingStory(scenario, this);
    }

    /** What GitHub may ask of commits on a branch. */
    public enum Rule {
        SIGNED, PULL_REQUEST
    }

    /** From now on a branch takes pushes only by these rules, and says what is wrong as GitHub does. */
    public Project protect(String branch, Rule... rules) {
        var all = List.of(rules);
        remote.script("pre-receive", """
                while read old new ref; do
                  [ "$ref" = "refs/heads/%s" ] || continue
                  said=
                  if [ -n "%s" ]; then
                    for sha in $(git rev-list "$new" "^$old"); do
                      grep -qxF "$sha" verified 2>/dev/null || said="$said- Commits must have verified signatures. "
                    done
                  fi
                  [ -n "%s" ] && said="$said- Changes must be made through a pull request."
                  if [ -n "$said" ]; then
                    echo "error: GH006: Protected branch update failed for $ref." >&2
                    echo "$said" >&2
                    exit 1
                  fi
                done
                exit 0
                """.formatted(branch, all.contains(Rule.SIGNED) ? "yes" : "",
                all.contains(Rule.PULL_REQUEST) ? "yes" : ""));
        return this;
    }

    /** The team wants completions in a pull request, as the default branch takes nothing else. */
    public Project publishesByPullRequest() {
        commit(".reeve.yml", """
                owners:
                  dave: { aliases: [dave.fowler], github: [davefowler] }
                reconcile: { publish: pull-request }
                """);
        atGitHub.installation().grant("pull_requests", "write");
        return protect("main", Rule.PULL_REQUEST);
    }

    /** A pull request, which is opened when the story first needs it. */
    public PullStory pullRequest(int number) {
        return pulls.computeIfAbsent(number, n -> new PullStory(this, scenario, n));
    }

    /** What the default branch says of a task. */
    public TaskStory task(String slug) {
        return new TaskStory(remote, slug);
    }

    /** What GitHub shows as the check run at the head of a pull request. */
    public CheckStory check(int number) {
        return new CheckStory(scenario, atGitHub, atGitHub.pull(number).headSha());
    }

    /** What GitHub shows as the check run at a commit. */
    public CheckStory checkAt(Sha commit) {
        return new CheckStory(scenario, atGitHub, commit);
    }

    /** Where the default branch stands. */
    public Sha tip() {
        return remote.tip("main").orElseThrow();
    }

    /** Where it stood before its last commit. */
    public Sha parentOfTip() {
        return new Sha(git(remote.path(), "rev-parse", "main^").strip());
    }

    /** Somebody commits to the default branch, and nobody is told. */
    public Sha commit(String file, String content) {
        return remote.commit("main").file(file, content).push("Change " + file);
    }

    /** Somebody pushes to the default branch. */
    public Sha push(String file, String content) {
        var before = tip();
        var after = commit(file, content);
        scenario.deliver(atGitHub.pushEvent("main", before, after));
        return after;
    }

    /** How often the default branch was pushed to by git, as only the server does. */
    public long pushes() {
        try {
            var log = remote.path().resolve("pushes");
            return Files.exists(log)
                    ? Files.readAllLines(log).stream().filter(line -> line.endsWith(" refs/heads/main")).count()
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every ref with where it stands. */
    public String refs() {
        return git(remote.path(), "for-each-ref");
    }
}
