package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.AgentProcess;
import dev.reeve.app.LocalAgent;
import dev.reeve.model.Signal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Beats until the process ends, and tells what changes from beat to beat. */
final class Beating implements AgentProcess.Listener {

    /** A remote that hangs is not to keep the first snapshot away. */
    private static final Duration PATIENCE_WITH_RECONCILE = Duration.ofSeconds(20);

    private final Reeve reeve;
    private final BeatOptions options;
    private final Workplace work;
    private final BeatLog log;

    Beating(Reeve reeve, BeatOptions options, Workplace work) {
        this.reeve = reeve;
        this.options = options;
        this.work = work;
        this.log = new BeatLog(reeve.console());
    }

    /** @param afterwards what is done after each beat, beside the next ones */
    int run(Consumer<Beat> afterwards) throws IOException, InterruptedException {
        var agent = options.agent(reeve, work);
        var aside = new AgentProcess.Aside(this::reconcile, PATIENCE_WITH_RECONCILE, afterwards);
        var process = new AgentProcess(agent, work.team().heartbeat().interval(), this, aside);
        // By itself the JVM would say 143 or 130, as if a stop that was asked for had failed. What ended otherwise has failed.
        var exit = new AtomicReference<>(Exit.DONE);
        boolean ran = beat(process, exit);
        if (!ran) {
            agent.close();
            throw Refusal.failed("an agent of " + work.agent().owner()
                    + " runs in this checkout already; reeve status shows what it sees");
        }
        return Exit.DONE.code();
    }

    /** Whatever ends it, an error too, must not look as if it had been told to end: who watches the process would leave it so. */
    private boolean beat(AgentProcess process, AtomicReference<Exit> exit) throws IOException, InterruptedException {
        try {
            return process.run(AgentProcess.whenTheProcessEnds(() -> {
                reeve.console().out().flush();
                Runtime.getRuntime().halt(exit.get().code());
            }));
        } catch (Throwable e) {
            exit.set(Exit.FAILED);
            throw e;
        }
    }

    private void reconcile() {
        options.reconcileFirst(reeve, work).ifPresent(report -> BeatOptions.print(reeve, report));
    }

    @Override
    public void seen(LocalAgent.Cycle.Seen cycle) {
        cycle.beat().gitHub().notice().ifPresent(notice -> reeve.console().err().println("reeve: " + notice));
        log.print(cycle);
    }

    @Override
    public void busy() {
        reeve.console().err().println("reeve: another heartbeat is under way; this one is left out");
    }

    @Override
    public void refused(Signal signal) {
        reeve.console().err().println("reeve: this heartbeat left no snapshot: " + Refusal.failed(signal, "").text());
    }

    @Override
    public void failed(Exception why) {
        reeve.console().err().println("reeve: this heartbeat failed, the next one is tried: " + Main.told(why));
    }

    @Override
    public void asideFailed(RuntimeException why) {
        reeve.console()
                .err()
                .println("reeve: what follows a heartbeat failed, it is tried again after a later one: "
                        + Main.told(why));
    }
}
