package dev.reeve.model;

import java.util.Optional;

/** What a piece of work is about, within one repository. Its {@link #key} is what the queue stores. */
public sealed interface Subject {

    /** Reconcile one task. */
    record OfTask(Slug slug) implements Subject {
        @Override
        public String key() {
            return "task/" + slug;
        }
    }

    /** Find the tasks that a closed pull request is about and reconcile them. */
    record OfPullRequest(int number) implements Subject {
        @Override
        public String key() {
            return "pull/" + number;
        }
    }

    /** Bring the check run of a pull request up to date. */
    record OfCheck(int number) implements Subject {
        @Override
        public String key() {
            return "check/" + number;
        }
    }

    /** Answer a merge queue that waits for the checks of this commit. */
    record OfGroup(Sha head) implements Subject {
        @Override
        public String key() {
            return "group/" + head;
        }
    }

    /** Find the check runs and pull requests of a commit and bring them up to date. */
    record OfCommit(Sha commit) implements Subject {
        @Override
        public String key() {
            return "commit/" + commit;
        }
    }

    /** Find the tasks that pushes to the default branch touched and reconcile them. */
    record OfPush() implements Subject {
        @Override
        public String key() {
            return "push";
        }
    }

    /** Reconcile the repository as a whole. */
    record OfAll() implements Subject {
        @Override
        public String key() {
            return "all";
        }
    }

    /** Look whether the App is installed on the repository, and as what it is there: it may have come, moved or gone. */
    record OfRepository() implements Subject {
        @Override
        public String key() {
            return "repository";
        }
    }

    /** Find which repositories of an installation came, moved or went. Its key has {@link #INSTALLATION} and its id in place of a repository. */
    record OfInstallation() implements Subject {
        /** Stands for the owner of a repository. */
        public static final String INSTALLATION = "installation";

        /** The key of an installation. */
        public static WorkKey of(long id) {
            return new WorkKey(new RepositoryName(INSTALLATION, Long.toString(id)), new OfInstallation());
        }

        @Override
        public String key() {
            return "installation";
        }
    }

    /** The text that names it in a key. */
    String key();

    /** The subject that a stored key names, or nothing. */
    static Optional<Subject> parse(String key) {
        if (key.equals("push")) {
            return Optional.of(new OfPush());
        }
        if (key.equals("all")) {
            return Optional.of(new OfAll());
        }
        if (key.equals("repository")) {
            return Optional.of(new OfRepository());
        }
        if (key.equals("installation")) {
            return Optional.of(new OfInstallation());
        }
        if (key.startsWith("task/")) {
            return Slug.parse(key.substring("task/".length())).map(OfTask::new);
        }
        if (key.startsWith("group/")) {
            return Sha.parse(key.substring("group/".length())).map(OfGroup::new);
        }
        if (key.startsWith("commit/")) {
            return Sha.parse(key.substring("commit/".length())).map(OfCommit::new);
        }
        if (key.matches("(pull|check)/[1-9][0-9]{0,8}")) {
            int number = Integer.parseInt(key.substring(key.indexOf('/') + 1));
            return Optional.of(key.startsWith("pull/") ? new OfPullRequest(number) : new OfCheck(number));
        }
        return Optional.empty();
    }
}
