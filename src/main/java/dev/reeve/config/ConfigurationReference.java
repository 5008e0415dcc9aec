package dev.reeve.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that can be set, as the documentation lists it. */
public final class ConfigurationReference {

    private ConfigurationReference() {}

    /**
     * One thing that can be set.
     *
     * @param key its dotted path in a file; secrets stand in no file
     * @param variables its environment variables
     * @param flag its flag, or empty
     * @param fallback its default, or empty
     * @param expected how it is written
     * @param meaning one sentence in Markdown
     */
    public record Row(String key, List<String> variables, String flag, String fallback, String expected,
            String meaning) {}

    /** The keys of {@code .reeve.yml}. */
    public static List<Row> team() {
        return rows(TeamSettings.ALL);
    }

    /** What the server takes. */
    public static List<Row> server() {
        return rows(ServerSettings.ALL);
    }

    /** What the agent and commands in a checkout take. */
    public static List<Row> agent() {
        return rows(AgentSettings.ALL);
    }

    private static List<Row> rows(List<Setting<?>> settings) {
        return settings.stream()
                .map(s -> new Row(s.visibility() == Setting.Visibility.SECRET ? "" : s.key(), s.variables(), s.flag(),
                        s.fallback() == null ? "" : s.fallback().toString(), s.form().expected(), s.meaning()))
                .toList();
    }

    /** The three tables as they stand in {@code docs/configuration.md}. */
    public static String markdown() {
        return "### `.reeve.yml`\n\n" + table(team()) + "\n### The server\n\n" + table(server())
                + "\n### The agent, and commands in a checkout\n\n" + table(agent());
    }

    private static String table(List<Row> rows) {
        boolean set = rows.stream().anyMatch(r -> !r.variables().isEmpty());
        var head = set
                ? "| variable | flag | key in the file | value | default | meaning |\n| --- | --- | --- | --- | --- | --- |\n"
                : "| key | value | default | meaning |\n| --- | --- | --- | --- |\n";
        return rows.stream()
                .map(r -> (set ? "| " + names(r.variables()) + " | " + code(r.flag()) + " | " : "| ") + code(r.key())
                        + " | " + r.expected().replace("|", "\\|") + " | " + code(r.fallback()) + " | " + r.meaning()
                        + " |\n")
                .collect(Collectors.joining("", head, ""));
    }

    private static String names(List<String> variables) {
        return variables.stream().map(ConfigurationReference::code).collect(Collectors.joining(" or "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }
}
