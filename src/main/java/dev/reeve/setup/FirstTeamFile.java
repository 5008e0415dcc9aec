package dev.reeve.setup;

import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code .reeve.yml} that a repository begins with: the documentation's example with everything commented out that isn't known of the
 * repository. A commented line of prose begins with {@code # }, a key that may be put in force with {@code #} and the line as it is without.
 *
 * @param branch the default branch, if the remote says which
 * @param owner who sets it up, if that is known
 */
record FirstTeamFile(Optional<BranchName> branch, Optional<OwnerKey> owner) {

    private static final String EXAMPLE = "/reeve.example.yml";
    private static final Pattern KEY = Pattern.compile("([a-z_]+):.*");
    private static final String HEAD = """
            # What belongs to the team. All of it is optional: a line that is commented out shows the default, or an example where there is none by
            # default. Take the # away to put it in force; reeve config check says what holds. Durations are written 90s, 3m or 1h.
            """;

    String text() throws IOException {
        var lines = new ArrayList<String>();
        var key = "";
        for (var line : example().lines().dropWhile(first -> first.startsWith("#")).toList()) {
            var match = KEY.matcher(line);
            key = match.matches() ? match.group(1) : key;
            lines.addAll(line.isEmpty() || line.startsWith("#") ? List.of(line) : adapted(key, line));
        }
        return HEAD + String.join("\n", lines) + "\n";
    }

    private List<String> adapted(String key, String line) {
        return switch (key) {
            case "tasks" -> List.of(line);
            case "default_branch" -> List.of(branch.map(name -> line.replace(": main", ": " + scalar(name)))
                    .orElse("#" + line));
            case "owners" -> owner.map(name -> people(name, line)).orElse(List.of("#" + line));
            case "roles" -> List.of("#" + owner.map(name -> line.replaceFirst(": dave$", ": " + name)).orElse(line));
            default -> List.of("#" + line);
        };
    }

    /** The one person who is known stands for the example's. */
    private static List<String> people(OwnerKey owner, String line) {
        if (!line.startsWith(" ")) {
            return List.of(line);
        }
        return line.startsWith("  dave:")
                ? List.of("  " + owner + ": # or with more: { aliases: [other.spelling], github: [login] }")
                : List.of();
    }

    /** A branch's name as YAML reads it. */
    private static String scalar(BranchName name) {
        var text = name.value();
        return text.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") ? text : "'" + text.replace("'", "''") + "'";
    }

    private static String example() throws IOException {
        try (var in = FirstTeamFile.class.getResourceAsStream(EXAMPLE)) {
            if (in == null) {
                throw new IOException("this Reeve was built without " + EXAMPLE + ": build it anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
