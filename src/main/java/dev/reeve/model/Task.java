package dev.reeve.model;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A task as its file states it. Only what is valid becomes a task; what isn't is a {@link Fault}.
 *
 * @param path where the file is, relative to the repository's root
 * @param owner a person or a role, as written
 * @param dependsOn slugs of other tasks
 * @param branch where its work happens; {@code task/<slug>} unless the file says otherwise
 * @param prNumber the pull request that the file already carries
 * @param frontmatter every key with its value's text, in the file's order; nested values as their source text
 * @param openBoxes unticked {@code - [ ]} boxes under {@code ## QA Exploration} and {@code ## Review Feedback}
 * @param reviewRecord whether {@code ## Review Feedback} has an answer: a ticked box, or words
 */
public record Task(Slug slug, TaskPath path, String title, TaskStatus status, Priority priority,
        @Nullable String milestone, @Nullable String owner, List<Slug> dependsOn, BranchName branch,
        @Nullable Integer prNumber, Map<String, String> frontmatter, List<String> openBoxes,
        boolean reviewRecord) {}
