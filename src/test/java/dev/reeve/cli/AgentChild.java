package dev.reeve.cli;

import dev.reeve.app.AgentProcess;
import dev.reeve.app.LocalAgent;
import dev.reeve.model.Signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Reeve in a process of its own, in an operator's checkout: any command, or an agent that beats without a pause. */
final class AgentChild implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;

    private AgentChild(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** {@code reeve} with these arguments. */
    static AgentChild reeve(Operator operator, String... arguments) throws IOException {
        return start(operator, Main.class, arguments);
    }

    /** An agent that beats again as soon as it has beaten, and prints the number of each cycle when its snapshot is written. */
    static AgentChild withoutPause(Operator operator) throws IOException {
        return start(operator, AgentChild.class);
    }

    /** A program of the tests' own. */
    static AgentChild start(Operator operator, Class<?> main, String... arguments) throws IOException {
        return start(operator, List.of(), main, arguments);
    }

    /** {@code reeve} with these arguments, on a disk that takes no files of more than so many kilobytes. */
    static AgentChild onAFullDisk(Operator operator, int kilobytes, String... arguments) throws IOException {
        return start(operator, List.of("/bin/bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "bash"),
                Main.class,
                arguments);
    }

    private static AgentChild start(Operator operator, List<String> before, Class<?> main, String... arguments)
            throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(before);
        command.addAll(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(operator.checkout().toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(operator.environment());
        return new AgentChild(builder.start());
    }

    /** Runs in that process, until it is killed. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var silent = new PrintWriter(Writer.nullWriter());
        var console = new Console(System.getenv(), Path.of("").toAbsolutePath(), silent, silent,
                Console.Screen.OTHER);
        var reeve = new Reeve(console);
        var options = new BeatOptions();
        var agent = options.agent(reeve, options.workplace(reeve));
        new AgentProcess(agent, Duration.ofNanos(1), new Told(),
                new AgentProcess.Aside(() -> {}, Duration.ZERO, _ -> {})).run(_ -> {});
        System.out.println("refused");
    }

    private static final class Told implements AgentProcess.Listener {

        @Override
        public void seen(LocalAgent.Cycle.Seen cycle) {
            System.out.println("cycle " + cycle.head().cycle());
        }

        @Override
        public void busy() {
            System.out.println("busy");
        }

        @Override
        public void refused(Signal signal) {
            System.out.println(signal);
        }

        @Override
        public void failed(Exception why) {
            System.out.println(why);
        }

        @Override
        public void asideFailed(RuntimeException why) {
            System.out.println(why);
        }
    }

    /** The next line that contains this. */
    String awaitLine(String part) throws IOException {
        var before = new ArrayList<String>();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(part)) {
                return line;
            }
            before.add(line);
        }
        throw new AssertionError("it ended without \"" + part + "\": " + before);
    }

    /** What it prints from here to its end. */
    List<String> rest() {
        return out.lines().toList();
    }

    /** SIGTERM. */
    AgentChild terminate() {
        // By its handle: the process object would close the output.
        process.toHandle().destroy();
        return this;
    }

    /** SIGKILL after so long, or earlier if it ends by itself. */
    AgentChild killAfter(Duration time) throws InterruptedException {
        assertThat(process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
        process.toHandle().destroyForcibly();
        return this;
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
