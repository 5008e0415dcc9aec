package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.GitIdentity;
import dev.reeve.config.ConfigurationFault;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.git.GitFailure;
import dev.reeve.model.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says what is configured, where each value comes from, and all that is wrong. */
@Command(name = "check", description = "Print what is configured, where it comes from, and everything that is wrong with it.", footer = {
        "",
        "The server's settings are checked with --server, with any other flag of the server, or when a variable of the server is set.",
        "Exit codes: 0 nothing is wrong, 2 something is."})
final class ConfigCheckCommand implements Callable<Integer> {

    private static final String NO_APP = " (no App is configured: reeve serve shows the page that registers one)";

    private final Reeve reeve;

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--server", description = "Check the server's settings as well.")
    private boolean withServer;

    ConfigCheckCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    /** One configuration under its name. */
    private record Section(String name, String note, List<Configured.Origin> values,
            List<ConfigurationFault> warnings, List<ConfigurationFault> faults) {

        static Section of(String name, String note, Configured<?> read) {
            return new Section(name, note, read.origins(), read.warnings(),
                    read instanceof Configured.Faulty<?>(var faults, _, _) ? faults : List.of());
        }

        /** The same, with a certain kind of fault as a warning. */
        Section tolerating(Predicate<ConfigurationFault> tolerated) {
            var all = Stream.concat(warnings.stream(), faults.stream().filter(tolerated)).toList();
            return new Section(name, note, values, all, faults.stream().filter(tolerated.negate()).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        var sections = sections();
        switch (format.kind()) {
            case TEXT -> printText(sections);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> writeJson(json, sections));
        }
        return (faults(sections) == 0 ? Exit.DONE : Exit.USAGE).code();
    }

    private List<Section> sections() throws IOException {
        var inputs = server.inputs(reeve);
        var sections = new ArrayList<Section>();
        if (withServer || isAboutTheServer(inputs)) {
            var read = ServerConfiguration.read(inputs);
            sections.add(Section.of("server", isWithoutApp(read) ? NO_APP : "", read));
        }
        // A server's machine may have no checkout.
        var checkout = sections.isEmpty()
                ? Optional.of(Whereabouts.around(reeve.directory()))
                : Whereabouts.find(reeve.directory());
        if (checkout.isPresent()) {
            var there = checkout.get().hasTeamFile() ? "" : " (there is none: the defaults hold)";
            var team = checkout.get().readTeam();
            sections.addFirst(Section.of(TeamConfiguration.FILE, there, team));
            sections.add(agent(checkout.get(), team));
        }
        return sections;
    }

    private static boolean isWithoutApp(Configured<ServerConfiguration> read) {
        return read instanceof Configured.Valid<ServerConfiguration>(var valid, _, _) && valid.app().isEmpty();
    }

    private static boolean isAboutTheServer(Inputs inputs) {
        return inputs.file().isPresent() || inputs.flags().values().stream().anyMatch(values -> !values.isEmpty())
                || ServerConfiguration.isMentioned(inputs.environment());
    }

    /** What commands in the checkout go by. That nobody has said whose queue it is matters to those that need one; a machine that only checks needs none. */
    private Section agent(Whereabouts here, Configured<TeamConfiguration> team) {
        var inputs = Inputs.of(reeve.console().environment(), reeve.directory());
        var said = team instanceof Configured.Valid<TeamConfiguration>(var valid, _, _) ? valid
                : TeamConfiguration.builtIn();
        var section = Section.of("agent", " (and commands in this checkout)",
                AgentConfiguration.read(inputs, identity(here), said));
        boolean isSet = section.values().stream().anyMatch(origin -> origin.key().equals("owner"));
        return section.tolerating(fault -> fault.key().equals("owner") && !isSet);
    }

    private static GitIdentity identity(Whereabouts here) {
        try {
            var git = Checkout.open(Git.onPath(), here.root());
            return new GitIdentity(git.config("reeve.owner"), git.userEmail());
        } catch (GitFailure e) {
            return GitIdentity.unknown();
        }
    }

    private static int faults(List<Section> sections) {
        return sections.stream().mapToInt(s -> s.faults().size()).sum();
    }

    private void printText(List<Section> sections) {
        var out = reeve.console().out();
        var paint = reeve.console().paint();
        for (var section : sections) {
            out.println(paint.strong(section.name()) + section.note());
            int widest = section.values().stream().mapToInt(o -> o.key().length()).max().orElse(0);
            for (var origin : section.values()) {
                var padding = " ".repeat(widest - origin.key().length());
                out.println("  " + origin.key() + padding + "  " + Text.plain(origin.value(), 200) + "  "
                        + paint.faint("(" + origin.source() + ")"));
            }
            out.println();
        }
        sections.forEach(s -> s.warnings().forEach(w -> out.println(paint.warning("warning: " + w))));
        sections.forEach(s -> s.faults().forEach(f -> out.println(paint.bad(f.toString()))));
        int faults = faults(sections);
        out.println(faults == 0 ? paint.good("Nothing is wrong.") : faults == 1 ? "1 fault." : faults + " faults.");
    }

    private static void writeJson(JsonGenerator json, List<Section> sections) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("ok", faults(sections) == 0);
        json.writeArrayFieldStart("sections");
        for (var section : sections) {
            json.writeStartObject();
            json.writeStringField("name", section.name());
            writeValues(json, section.values());
            writeFaults(json, "warnings", section.warnings());
            writeFaults(json, "faults", section.faults());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeValues(JsonGenerator json, List<Configured.Origin> origins) throws IOException {
        json.writeArrayFieldStart("values");
        for (var origin : origins) {
            json.writeStartObject();
            json.writeStringField("key", origin.key());
            json.writeStringField("value", origin.value());
            json.writeStringField("from", origin.source().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeFaults(JsonGenerator json, String name, List<ConfigurationFault> faults)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (var fault : faults) {
            json.writeStartObject();
            json.writeStringField("at", fault.source().toString());
            json.writeStringField("key", fault.key());
            json.writeStringField("message", fault.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
