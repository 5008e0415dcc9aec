package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.app.Machine;
import dev.reeve.app.ServerExamination;
import dev.reeve.app.TokenLook;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.Configured;
import dev.reeve.config.Inputs;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.doctor.Doctor;
import dev.reeve.doctor.Finding;
import dev.reeve.doctor.Finding.Level;
import dev.reeve.doctor.GitHubLook;
import dev.reeve.doctor.Patient;
import dev.reeve.git.Checkout;
import dev.reeve.git.Git;
import dev.reeve.git.GitFailure;
import dev.reeve.model.Redaction;
import dev.reeve.model.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Says whether all that Reeve needs is there and right, and what to do where it isn't. */
@Command(name = "doctor", description = "Look whether everything that Reeve needs is there and right; each finding with its remedy.", footer = {
        "",
        "In a checkout it looks at what commands, hooks and the agent need; with --server at what the server needs, by the settings that reeve serve would take.",
        "Nothing is changed. Exit codes: 0 no error was found, 1 one was, 2 wrong usage."})
final class DoctorCommand implements Callable<Integer> {

    private static final int LONGEST = 1000;

    private final Reeve reeve;

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(names = "--server", description = "Look at the server: its App at GitHub, webhook, installations, data folder and database.")
    private boolean server;

    DoctorCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var doctor = new Doctor(Git.onPath(), Machine.real().clock());
        var findings = new ArrayList<Finding>(doctor.machine(reeve.directory()));
        findings.addAll(server ? server(doctor) : repository(doctor));
        switch (format.kind()) {
            case TEXT -> print(findings);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> write(json, findings));
        }
        return (count(findings, Level.ERROR) == 0 ? Exit.DONE : Exit.FAILED).code();
    }

    private List<Finding> server(Doctor doctor) {
        var read = ServerConfiguration.read(options.inputs(reeve));
        try (var examination = new ServerExamination(Machine.real().clock());
                var _ = Redaction.hide(read instanceof Configured.Valid<ServerConfiguration>(var valid, _, _)
                        ? valid.secrets().toList()
                        : List.of())) {
            return examination.findings(doctor, read);
        }
    }

    private List<Finding> repository(Doctor doctor) throws IOException {
        var here = Whereabouts.find(reeve.directory());
        if (here.isEmpty()) {
            return List.of(Doctor.noRepository(reeve.directory() + " is in no checkout of a git repository"));
        }
        try {
            var main = Checkout.open(Git.onPath(), here.get().root()).main();
            var patient = Patient.of(main, Inputs.of(reeve.console().environment(), reeve.directory()));
            return doctor.repository(patient, gitHub(patient));
        } catch (GitFailure e) {
            return List.of(Doctor.unusable(e.detail()));
        }
    }

    private GitHubLook gitHub(Patient patient) {
        return switch (patient.agent()) {
            case Configured.Valid<AgentConfiguration>(var agent, var _, var _) ->
                new TokenLook(patient.checkout(), agent, reeve.console().environment(), Machine.real().clock());
            case Configured.Faulty<AgentConfiguration> _ ->
                () -> new GitHubLook.Answer.NotAsked("was not tried, as the configuration is wrong", "");
        };
    }

    private void print(List<Finding> findings) {
        int widest = findings.stream().mapToInt(finding -> finding.check().length()).max().orElse(0);
        var out = reeve.console().out();
        for (var finding : findings) {
            out.println(word(finding.level()) + "  " + finding.check() + " ".repeat(widest - finding.check().length())
                    + "  " + Text.plain(finding.message(), LONGEST));
            if (!finding.remedy().isEmpty()) {
                out.println(" ".repeat("warning".length() + 2 + widest + 2)
                        + reeve.console().paint().faint("→ " + Text.plain(finding.remedy(), LONGEST)));
            }
        }
        out.println(summary(findings));
    }

    private String word(Level level) {
        var word = name(level);
        var paint = reeve.console().paint();
        return " ".repeat("warning".length() - word.length()) + switch (level) {
            case OK -> paint.good(word);
            case INFO -> paint.faint(word);
            case WARNING -> paint.warning(word);
            case ERROR -> paint.bad(word);
        };
    }

    private String summary(List<Finding> findings) {
        long errors = count(findings, Level.ERROR);
        long warnings = count(findings, Level.WARNING);
        var paint = reeve.console().paint();
        return errors + warnings == 0 ? paint.good("Nothing is wrong.")
                : errors + (errors == 1 ? " error, " : " errors, ") + warnings
                        + (warnings == 1 ? " warning." : " warnings.");
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String name(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static void write(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("ok", count(findings, Level.ERROR) == 0);
        json.writeArrayFieldStart("findings");
        for (var finding : findings) {
            json.writeStartObject();
            json.writeStringField("level", name(finding.level()));
            json.writeStringField("check", finding.check());
            json.writeStringField("message", finding.message());
            json.writeStringField("remedy", finding.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
