package dev.reeve.config;

import dev.reeve.model.BranchName;
import dev.reeve.model.Finding;
import dev.reeve.model.Owners;
import dev.reeve.model.Pass;
import dev.reeve.model.Publish;
import dev.reeve.model.TaskPath;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs to the team: the repository's {@code .reeve.yml}.
 *
 * @param tasks the folder of the task files
 * @param defaultBranch empty to take what the remote says
 * @param server where agents connect and who completes tasks; empty when there is none
 */
public record TeamConfiguration(TaskPath tasks, Optional<BranchName> defaultBranch, Owners owners, Heartbeat heartbeat,
        Dispatch dispatch, Worker worker, Reconcile reconcile, Optional<URI> server, Checks checks) {

    /** The file's name, in the repository's root. */
    public static final String FILE = ".reeve.yml";

    /** The agent's beat, and from when on it finds something overdue. {@code off} names the passes that are switched off. */
    public record Heartbeat(Duration interval, Duration idle, Duration pickupOverdue, Duration stall,
            Set<Pass> off) {}

    /** Limits of dispatch: workers started per cycle, running at once, pull requests in review, and times. */
    public record Dispatch(int maxPerCycle, int maxWorkers, int maxInReview, Duration timeout, Duration retryCooldown,
            int maxAttempts, Duration maxRunTime) {}

    /**
     * How a worker is run.
     *
     * @param use whose ready-made settings these are, where nothing else was set
     * @param command the program and its arguments, as configured
     * @param template what the prompt is made from; empty for the built-in one
     * @param env names of the environment variables that are passed on
     * @param prepare commands run in a new worktree
     * @param copy ignored files to copy into a new worktree
     * @param usageLimit what recognises in the output that a usage limit is reached
     * @param usageLimitPause how long one lasts whose end isn't known
     */
    public record Worker(Optional<Use> use, List<String> command, Prompt prompt, Optional<TaskPath> template,
            List<String> env, List<List<String>> prepare, List<TaskPath> copy, List<UsageLimitPattern> usageLimit,
            Duration usageLimitPause) {

        /** What stands for the prompt's file in an argument. */
        static final String PROMPT_FILE = "{prompt_file}";

        /**
         * The program and the arguments that it is started with.
         *
         * @param text the prompt; used as an argument only where it is given as one, and then without NUL and at most 128 KiB long
         * @param file where the prompt is, where it is given as a file
         */
        public List<String> commandLine(String text, Path file) {
            return switch (prompt) {
                case STDIN -> command;
                case ARGUMENT -> Stream.concat(command.stream(), Stream.of(text)).toList();
                case FILE -> command.stream().map(word -> word.replace(PROMPT_FILE, file.toString())).toList();
            };
        }

        /** Whether, and how, an output says that a usage limit is reached. */
        public Optional<UsageLimitPattern.Reached> usageLimitIn(String output) {
            return usageLimit.stream().flatMap(pattern -> pattern.in(output).stream()).findFirst();
        }
    }

    /** A program with ready-made settings. */
    public enum Use {
        CLAUDE, CODEX
    }

    /** How a worker gets its prompt. */
    public enum Prompt {
        STDIN, ARGUMENT, FILE
    }

    /** Where completions are written, if the team says so, and how long a completed task's worktree is kept. */
    public record Reconcile(Optional<Publish> publish, Duration worktreeRetention) {}

    /**
     * The check run on pull requests.
     *
     * @param requireTask whether one without a task asks for action
     * @param failOn what makes it fail
     */
    public record Checks(String name, boolean requireTask, Set<Finding> failOn) {}

    /** What holds in a repository without {@code .reeve.yml}. */
    public static TeamConfiguration builtIn() {
        return switch (read(FILE, new byte[0])) {
            case Configured.Valid<TeamConfiguration>(var value, _, _) -> value;
            case Configured.Faulty<TeamConfiguration>(var faults, _, _) ->
                throw new IllegalStateException(faults.toString());
        };
    }

    /**
     * Reads the bytes of a {@code .reeve.yml}, which may be anything.
     *
     * @param file its name in messages
     */
    public static Configured<TeamConfiguration> read(String file, byte[] content) {
        var faults = new Faults();
        var layer = Layer.file(YamlFile.read(file, content, faults), TeamSettings.ALL, faults);
        var layers = List.of(layer, ReadyMade.chosenIn(layer));
        return new TeamReader(new Resolver(layers, faults), faults).read();
    }

    /** Where an agent writes completions: where the team says; else nowhere if a server does it; else to the checkout. */
    public Publish publishOfAgent() {
        return reconcile.publish().orElse(server.isPresent() ? Publish.NONE : Publish.WORKTREE);
    }

    /** Where the server writes completions: where the team says, else to the default branch. */
    public Publish publishOfServer() {
        return reconcile.publish().orElse(Publish.PUSH);
    }
}
