package dev.reeve.git;

import dev.reeve.model.Text;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of git in the making: set up, then {@link #run}.
 *
 * <p><i>Threading:</i> used by one thread.
 */
final class Command {

    private static final int LONGEST_OUTPUT = 256 * 1024 * 1024;

    /** In force for every command, above all configuration files: the highest precedence that git has. */
    private static final Map<String, String> ALWAYS = Map.ofEntries(Map.entry("core.hooksPath", "/dev/null"),
            Map.entry("core.fsmonitor", "false"), Map.entry("core.askPass", ""), Map.entry("gc.auto", "0"),
            Map.entry("gc.autoDetach", "false"), Map.entry("maintenance.auto", "false"),
            Map.entry("submodule.recurse", "false"), Map.entry("fetch.recurseSubmodules", "false"),
            Map.entry("log.showSignature", "false"), Map.entry("i18n.logOutputEncoding", "UTF-8"),
            Map.entry("http.lowSpeedLimit", "1"), Map.entry("http.lowSpeedTime", "60"));

    private static final Map<String, String> ENVIRONMENT = Map.of("GIT_TERMINAL_PROMPT", "0", "GIT_ASKPASS", "",
            "GIT_OPTIONAL_LOCKS", "0", "GIT_LITERAL_PATHSPECS", "1", "GIT_ALLOW_PROTOCOL", "file:http:https:ssh",
            "LC_ALL", "C", "SSH_ASKPASS_REQUIRE", "never");

    private final Git git;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    private final Map<String, String> configuration = new LinkedHashMap<>(ALWAYS);
    private final Set<String> secrets = new HashSet<>();
    private final Set<Integer> accepted = new HashSet<>(Set.of(0));
    private byte[] input = {};
    private Duration timeout;

    Command(Git git, Path folder) {
        this.git = git;
        this.folder = folder;
        this.timeout = git.local();
    }

    /** Sets a key of git's configuration for this run. */
    Command config(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    /** Shows where the repository's own hooks are, for a command that runs none. */
    Command withOwnHooksPath() {
        configuration.remove("core.hooksPath");
        return this;
    }

    /** Sets a variable of the environment for this run. */
    Command environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lets wildcards in the paths have their meaning. */
    Command wildcards() {
        environment.remove("GIT_LITERAL_PATHSPECS");
        return this;
    }

    /** Gives credentials to the remote at this URL and to no other. */
    Command credentials(String url, Credentials credentials) {
        credentials.header().ifPresent(header -> configuration.put("http." + url + ".extraHeader", header));
        secrets.addAll(credentials.secrets());
        return this;
    }

    /** What the program reads from its standard input; nothing unless set. */
    Command input(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Allows the time that a transfer may take. */
    Command overNetwork() {
        timeout = git.network();
        return this;
    }

    /** Takes these exit codes, besides 0, for an answer. */
    Command accept(int... exitCodes) {
        for (int code : exitCodes) {
            accepted.add(code);
        }
        return this;
    }

    /** @throws GitFailure when it can't be started, takes too long, says too much or ends with another exit code */
    Output run(List<String> arguments) {
        var command = new ArrayList<>(List.of(git.program()));
        command.addAll(arguments);
        requireEncodable(command);
        var output = new GitProcess(command, folder, variables(), input, timeout, LONGEST_OUTPUT).run();
        var clean = new Output(output.exitCode(), output.bytes(), withoutSecrets(output.errors()));
        if (!accepted.contains(clean.exitCode())) {
            throw GitFailure.of(arguments.getFirst(), clean.exitCode(), clean.errors());
        }
        return clean;
    }

    Output run(String... arguments) {
        return run(List.of(arguments));
    }

    private Map<String, String> variables() {
        var all = new HashMap<>(environment);
        all.put("GIT_CONFIG_COUNT", Integer.toString(configuration.size()));
        int i = 0;
        for (var entry : configuration.entrySet()) {
            all.put("GIT_CONFIG_KEY_" + i, entry.getKey());
            all.put("GIT_CONFIG_VALUE_" + i++, entry.getValue());
        }
        return all;
    }

    private String withoutSecrets(String text) {
        return secrets.stream().reduce(text, (t, secret) -> t.replace(secret, "***"));
    }

    /** The JDK writes {@code ?} for what the locale can't encode, and git would look at another path. */
    private static void requireEncodable(List<String> command) {
        var encoder = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")).newEncoder();
        for (var argument : command) {
            if (!encoder.canEncode(argument)) {
                throw new GitFailure(GitFailure.Kind.OTHER, command.get(1), -1,
                        "the locale can't write " + Text.quoted(argument) + ": start Reeve with LC_ALL=C.UTF-8");
            }
        }
    }
}
