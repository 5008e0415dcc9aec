package dev.reeve.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The world of the demo: a bare remote with a few tasks, an operator's checkout of it, a worker's worktree whose branch is merged on the remote, and
 * a register and dispatch files that don't know it yet.
 */
final class DemoWorld {

    static final String REPOSITORY = "acme/shop";
    static final String CHECKOUT = "checkout";
    static final int NUMBER = 12;
    private static final String TASK = """
            ---
            title: Fix the redirect after login
            priority: p1
            owner: dave
            status: ready            # queued on Monday
            depends_on: []
            ---
            ## Problem
            After the login everybody lands on the start page.
            """;
    private static final Map<String, String> FILES = Map.of("tasks/fix-login.md", TASK, "tasks/search/add-search.md",
            task("Search by colour", "ready"), "tasks/pay-by-card.md", task("Pay by card", "not_started"),
            "tasks/speed-up-cart.md", task("A faster cart", "ready", "priority: p0"), "tasks/gift-cards.md",
            task("Gift cards", "ready").replace("owner: dave", "owner: marketing"), "tasks/newsletter.md",
            task("Tell everybody about cards", "ready", "depends_on: [pay-by-card]"), "tasks/translate.md",
            task("Speak French", "ready", "priority: p3"), ".reeve.yml",
            "owners:\n  dave: { aliases: [dave.fowler], github: [davefowler] }\n", ".gitignore",
            ".tasks/\ntasks/logs/\n", "login.txt", "redirect: /\n");

    private final Path folder;
    private final Instant now;
    private final DemoGit git;

    DemoWorld(Path folder, Instant now) {
        this.folder = folder;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.git = new DemoGit(folder);
    }

    Path remote() {
        return folder.resolve("remotes/" + REPOSITORY + ".git");
    }

    Path checkout() {
        return folder.resolve(CHECKOUT);
    }

    private Path worktree(String slug) {
        return folder.resolve("worktrees/" + slug);
    }

    Path register() {
        return checkout().resolve(".tasks/task_manager/task-manager-dave.register.json");
    }

    /** Makes it all, up to the moment when the pull request is merged and nobody has been told; gives GitHub's view of that pull request. */
    ObjectNode make() throws IOException {
        git.run(folder, "init", "--quiet", "--bare", "--initial-branch=main", remote().toString());
        git.run(folder, "clone", "--quiet", remote().toString(), checkout().toString());
        for (var file : FILES.entrySet()) {
            write(checkout().resolve(file.getKey()), file.getValue());
        }
        commit(checkout(), "The shop and its tasks");
        git.run(checkout(), "push", "--quiet", "origin", "HEAD:main");
        work("fix-login", "login.txt");
        work("add-search", "search.txt");
        work("speed-up-cart", "cart.txt");
        state();
        return merge();
    }

    private void work(String slug, String file) throws IOException {
        var worktree = worktree(slug);
        git.run(checkout(), "worktree", "add", "--quiet", "-b", "task/" + slug, worktree.toString());
        write(worktree.resolve(file), "work on " + slug + "\n");
        commit(worktree, "Work on " + slug);
        git.run(worktree, "push", "--quiet", "--set-upstream", "origin", "task/" + slug);
    }

    /** One worker has finished, one is at work (this very process stands for it), and one is gone without a word. */
    private void state() throws IOException {
        write(register(), "{\"schema\": 1, \"owner\": \"dave\", \"entries\": {\n"
                + String.join(",\n", entry("fix-login", "r-41", ", \"pr_number\": 12"),
                        entry("add-search", "r-42", ""), entry("speed-up-cart", "r-43", ""))
                + "\n}}\n");
        dispatched("fix-login", "done, opened #12",
                "{\"run_id\": \"r-41\", \"state\": \"exited\", \"exit_code\": 0, \"outcome\": \"completed_with_pr\"}\n");
        dispatched("add-search", "reading the catalogue",
                "{\"run_id\": \"r-42\", \"state\": \"running\", \"pid\": " + ProcessHandle.current().pid()
                        + ", \"updated_at\": \"" + now + "\"}\n");
        dispatched("speed-up-cart", "measuring the cart",
                "{\"run_id\": \"r-43\", \"state\": \"running\", \"pid\": 1, \"boot_id\": \"before the power cut\", \"updated_at\": \""
                        + now.minus(2, ChronoUnit.MINUTES) + "\"}\n");
    }

    private String entry(String slug, String run, String more) {
        return """
                "%s": {"slug": "%s", "worktree_path": "%s", "branch": "task/%s", "registered_at": "%s",
                  "attempts": 1, "run_id": "%s"%s}""".formatted(slug, slug, worktree(slug), slug,
                now.minus(20, ChronoUnit.MINUTES), run, more);
    }

    private void dispatched(String slug, String said, String status) {
        write(checkout().resolve("tasks/logs/dispatch-" + slug + ".log"), said + "\n");
        write(checkout().resolve("tasks/logs/dispatch-" + slug + ".status.json"), status);
    }

    private ObjectNode merge() throws IOException {
        var github = folder.resolve("github");
        git.run(folder, "clone", "--quiet", remote().toString(), github.toString());
        git.run(github, "merge", "--quiet", "--no-ff", "-m", "Merge pull request #12 from acme/task/fix-login",
                "origin/task/fix-login");
        git.run(github, "push", "--quiet", "origin", "main");
        return pullRequest(git.run(github, "rev-parse", "HEAD").strip(),
                git.run(worktree("fix-login"), "rev-parse", "HEAD").strip());
    }

    private ObjectNode pullRequest(String mergeCommit, String head) {
        var json = new ObjectMapper();
        var pull = json.createObjectNode()
                .put("number", NUMBER)
                .put("state", "closed")
                .put("merged", true)
                .put("title", "Redirect to where the visitor came from")
                .put("body", "")
                .put("draft", false)
                .put("merged_at", now.toString())
                .put("merge_commit_sha", mergeCommit)
                .put("updated_at", now.toString())
                .put("created_at", now.minus(1, ChronoUnit.HOURS).toString())
                .put("html_url", "https://github.com/" + REPOSITORY + "/pull/" + NUMBER);
        pull.putObject("user").put("login", "davefowler");
        pull.putObject("base").put("ref", "main").putObject("repo").put("id", 1).put("full_name", REPOSITORY);
        pull.putObject("head")
                .put("ref", "task/fix-login")
                .put("sha", head)
                .putObject("repo")
                .put("id", 1)
                .put("full_name", REPOSITORY);
        return pull;
    }

    /** The operator brings their checkout up to date. */
    void pull() {
        git.run(checkout(), "pull", "--quiet", "--ff-only", "origin", "main");
    }

    /** The commits on the remote's default branch, the newest first. */
    List<String> main() {
        return git.run(remote(), "log", "--format=%h %s", "main").lines().toList();
    }

    /** The lines of the task file that the newest commit of the default branch took away and added. */
    List<String> diff() {
        return git.run(remote(), "diff", "--unified=1", "main~1", "main", "--", "tasks")
                .lines()
                .filter(line -> !line.matches("(diff|index|---|\\+\\+\\+|@@).*"))
                .toList();
    }

    /** The commit that the remote's default branch is at. */
    String tip() {
        return git.run(remote(), "rev-parse", "main").strip();
    }

    private void commit(Path where, String message) {
        git.run(where, "add", "--all");
        git.run(where, "commit", "--quiet", "-m", message);
    }

    private static String task(String title, String status, String... more) {
        return "---\ntitle: " + title + "\nowner: dave\nstatus: " + status + "\n"
                + String.join("", List.of(more).stream().map(line -> line + "\n").toList()) + "---\n## Problem\n"
                + title
                + ".\n";
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
