package dev.reeve.cli;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Text;

/** Names work in a server's API, as far as this version knows it. */
final class WorkPath {

    private WorkPath() {}

    static String of(String repository) {
        return "/queue/" + RepositoryName.parse(repository)
                .orElseThrow(
                        () -> Refusal.usage(Text.quoted(repository) + " is no repository: OWNER/REPO is expected"));
    }

    static String of(String repository, String subject) {
        return of(repository) + "/" + Subject.parse(subject)
                .map(Subject::key)
                .orElseThrow(() -> Refusal.usage(Text.quoted(subject)
                        + " names no work: task/SLUG, pull/NUMBER, check/NUMBER, push or all is expected"));
    }
}
