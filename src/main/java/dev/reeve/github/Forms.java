package dev.reeve.github;

/**
 * What answers must be like before the library reads them: each method looks at every field that is used, and fails as
 * {@link GitHubFailure.Kind.Malformed} with the path of the first that isn't as GitHub documents it. The library by
 * itself makes a number of {@code 1.5} and a title of {@code true}, leaves null what is missing, and fails on it later.
 */
final class Forms {

    private Forms() {}

    static void pullRequest(Fields pull) {
        pull.number("number");
        pull.text("title");
        pull.optionalText("body");
        pull.optionalObject("user").ifPresent(user -> user.text("login"));
        pull.oneOf("state", "open", "closed");
        pull.flag("draft");
        pull.optionalTime("merged_at").ifPresent(_ -> pull.optionalSha("merge_commit_sha"));
        pull.webAddress("html_url");
        var head = pull.object("head");
        head.text("ref");
        head.sha("sha");
        head.optionalObject("repo").ifPresent(repository -> repository.id("id"));
        var base = pull.object("base");
        base.text("ref");
        base.object("repo").id("id");
    }

    /** A pull request as far as it says what it waits for. */
    static void standing(Fields pull) {
        pull.number("number");
        pull.optionalFlag("mergeable");
        pull.object("head").sha("sha");
        pull.optionalObject("user").ifPresent(user -> user.id("id"));
        pull.each("requested_reviewers").forEach(user -> user.id("id"));
        pull.each("requested_teams").forEach(team -> team.id("id"));
    }

    static void pullRequests(Fields list) {
        list.each().forEach(Forms::pullRequest);
    }

    static void numbered(Fields list) {
        list.each().forEach(one -> one.number("number"));
    }

    static void files(Fields list) {
        list.each().forEach(file -> {
            file.text("filename");
            file.text("status");
        });
    }

    static void repository(Fields repository) {
        repository.text("default_branch");
    }

    static void identified(Fields thing) {
        thing.id("id");
    }

    static void checkRuns(Fields page) {
        page.each("check_runs").forEach(run -> {
            run.id("id");
            run.text("name");
            run.sha("head_sha");
            run.optionalText("external_id");
            run.optionalText("conclusion");
            run.optionalObject("app").ifPresent(app -> app.id("id"));
            var output = run.object("output");
            output.optionalText("title");
            output.optionalText("summary");
            output.optionalText("text");
            output.number("annotations_count");
        });
    }

    static void installation(Fields installation) {
        installation.id("id");
        installation.id("app_id");
        installation.object("permissions").requireTexts();
        installation.optionalTime("suspended_at");
    }

    static void token(Fields answer) {
        answer.time("expires_at");
        if (!Credentials.isToken(answer.text("token"))) {
            throw answer.malformed("without a usable token");
        }
    }
}
