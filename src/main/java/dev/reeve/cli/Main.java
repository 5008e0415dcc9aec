package dev.reeve.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The entry point of every command. */
@Command(name = "reeve", description = "Keeps the tasks of a git repository true.", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.getenv(), Path.of(""), System.out, System.err));
    }

    /** Runs a command and returns its exit code: 0 done, 1 a step failed, 2 wrong usage or configuration. */
    static int run(List<String> args, Map<String, String> environment, Path directory, PrintStream out,
            PrintStream err) {
        return new CommandLine(new Main()).setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .execute(args.toArray(String[]::new));
    }

    /** Reads the version that the build wrote. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            var properties = new Properties();
            try (InputStream in = Objects.requireNonNull(Main.class.getResourceAsStream("/reeve.properties"))) {
                properties.load(in);
            }
            return new String[]{"reeve " + properties.getProperty("version")};
        }
    }
}
