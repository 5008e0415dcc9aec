package dev.reeve.cli;

import picocli.CommandLine;

import java.util.List;
import java.util.function.Function;

/** The commands there are. Each is made only when it is asked for, or when all must be known: for help and suggestions. */
final class Commands {

    private record Entry(String name, Function<Reeve, CommandLine> make) {}

    private static final List<Entry> ALL = List.of(
            new Entry("serve", reeve -> new CommandLine(new ServeCommand(reeve))),
            new Entry("run", reeve -> new CommandLine(new RunCommand(reeve))),
            new Entry("heartbeat", reeve -> new CommandLine(new HeartbeatCommand(reeve))),
            new Entry("status", reeve -> new CommandLine(new StatusCommand(reeve))),
            new Entry("explain", reeve -> new CommandLine(new ExplainCommand(reeve))),
            new Entry("dispatch", reeve -> new CommandLine(new DispatchCommand(reeve))),
            new Entry("update", reeve -> new CommandLine(new UpdateCommand(reeve))),
            new Entry("continue", reeve -> new CommandLine(new ContinueCommand(reeve))),
            new Entry("watch", reeve -> new CommandLine(new WatchCommand(reeve))),
            new Entry("stop", reeve -> new CommandLine(new StopCommand(reeve))),
            new Entry("history", reeve -> new CommandLine(new HistoryCommand(reeve))),
            new Entry("reconcile", reeve -> new CommandLine(new ReconcileCommand(reeve))),
            new Entry("task", TaskCommand::line),
            new Entry("register", RegisterCommand::line),
            new Entry("deliveries", DeliveriesCommand::line),
            new Entry("redeliver", reeve -> new CommandLine(new RedeliverCommand(reeve))),
            new Entry("queue", QueueCommand::line),
            new Entry("init", reeve -> new CommandLine(new InitCommand(reeve))),
            new Entry("hooks", HooksCommand::line),
            new Entry("doctor", reeve -> new CommandLine(new DoctorCommand(reeve))),
            new Entry("config", ConfigCommand::line),
            new Entry("demo", reeve -> new CommandLine(new DemoCommand(reeve))),
            new Entry("completion", reeve -> new CommandLine(new CompletionCommand(reeve))),
            new Entry("help", reeve -> new CommandLine(new HelpCommand(reeve))));

    private Commands() {}

    /** The command line that understands these arguments. */
    static CommandLine line(Reeve reeve, List<String> args) {
        var asked = ALL.stream().filter(entry -> args.contains(entry.name())).toList();
        return with(reeve, asked.isEmpty() ? ALL : asked);
    }

    /** The command line with every command. */
    static CommandLine complete(Reeve reeve) {
        return with(reeve, ALL);
    }

    private static CommandLine with(Reeve reeve, List<Entry> entries) {
        var line = new CommandLine(reeve);
        entries.forEach(entry -> line.addSubcommand(entry.name(), entry.make().apply(reeve)));
        return line;
    }
}
