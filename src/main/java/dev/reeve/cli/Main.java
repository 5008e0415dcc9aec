package dev.reeve.cli;

import dev.reeve.config.EnvironmentSecrets;
import dev.reeve.durable.FailureWords;
import dev.reeve.model.Redaction;
import dev.reeve.model.Text;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The entry point of every command. */
public final class Main {

    private static final int LONGEST = 500;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        var output = new StandardOutput();
        var out = new PrintWriter(new OutputStreamWriter(output, System.out.charset()), true);
        var console = new Console(System.getenv(), Path.of("").toAbsolutePath(), out, writer(System.err),
                Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent()
                        ? Console.Screen.TERMINAL
                        : Console.Screen.OTHER);
        System.exit(told(run(List.of(args), console), output, console));
    }

    /** The exit code of a command, whose output may not have got to where it should. */
    private static int told(int exit, StandardOutput output, Console console) {
        if (output.failure().isEmpty() || exit != Exit.DONE.code()) {
            return exit;
        }
        if (!output.readerIsGone()) {
            console.err()
                    .println("reeve: standard output could not be written: "
                            + Text.plain(String.valueOf(output.failure().get().getMessage()), LONGEST)
                            + "; what was to be done is done");
        }
        return Exit.FAILED.code();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /** Runs a command and answers its exit code; see {@link Exit}. */
    static int run(List<String> args, Console console) {
        try (var _ = Redaction.hide(EnvironmentSecrets.of(console.environment()))) {
            // The most frequent question of scripts needs no parser.
            if (args.equals(List.of("--version"))) {
                console.out().println(Version.line());
                return Exit.DONE.code();
            }
            return execute(args, new Reeve(console));
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private static int execute(List<String> args, Reeve reeve) {
        var console = reeve.console();
        var ansi = console.paint() == Paint.ANSI ? Help.Ansi.ON : Help.Ansi.OFF;
        return Commands.line(reeve, args)
                .setOut(console.out())
                .setErr(console.err())
                .setColorScheme(Help.defaultColorScheme(ansi))
                // An argument such as @dave is an owner, not a file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setExecutionStrategy(Main::understood)
                .setParameterExceptionHandler((wrong, _) -> misused(reeve, wrong))
                .setExecutionExceptionHandler((failure, _, _) -> failed(reeve, failure))
                .execute(args.toArray(String[]::new));
    }

    /** A request for help makes the parser forgive everything; a command that doesn't exist has no help. */
    private static int understood(ParseResult parsed) {
        for (var result = parsed; result != null; result = result.subcommand()) {
            if (!result.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(result.commandSpec().commandLine(), result.unmatched());
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misused(Reeve reeve, ParameterException wrong) {
        var err = reeve.console().err();
        var unmatched = wrong instanceof UnmatchedArgumentException u ? u.getUnmatched() : List.<String>of();
        var suggestions = wrong instanceof UnmatchedArgumentException u ? u.getSuggestions() : List.<String>of();
        err.println("reeve: " + (unmatched.isEmpty()
                ? Text.plain(String.valueOf(wrong.getMessage()), LONGEST)
                : "there is no command or option " + Text.quoted(unmatched.getFirst())));
        err.println(suggestions.isEmpty()
                ? "Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'."
                : "Did you mean " + String.join(" or ", suggestions) + "?");
        if (reeve.debugging()) {
            err.print(trace(wrong));
        }
        return Exit.USAGE.code();
    }

    private static int failed(Reeve reeve, Exception failure) {
        var err = reeve.console().err();
        if (reeve.debugging()) {
            err.print(trace(failure));
        }
        if (failure instanceof Refusal refusal) {
            err.println("reeve: " + refusal.text());
            return refusal.exit().code();
        }
        err.println("reeve: " + told(failure));
        err.println(reeve.debugging() ? "Nothing further is known."
                : "Run it again with --debug to see where it happened.");
        return Exit.FAILED.code();
    }

    private static String trace(Exception failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return Redaction.of(text.toString());
    }

    /** A failure as people are told it: on one line, as it may name files and hold what other programs said. */
    static String told(Exception failure) {
        return Text.plain(FailureWords.of(failure), LONGEST);
    }
}
