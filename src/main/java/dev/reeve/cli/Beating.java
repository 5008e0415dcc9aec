package dev.reeve.cli;

import dev.reeve.agent.Beat;
import dev.reeve.app.AgentProcess;
import dev.reeve.app.LocalAgent;

import java.io.IOException;
import java.util.function.Consumer;

/** Beats until the process ends, and tells what changes from beat to beat. */
final class Beating implements AgentProcess.Listener {

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
        options.reconcileFirst(reeve, work);
        var agent = options.agent(reeve, work);
        var process = new AgentProcess(agent, work.team().heartbeat().interval(), this, afterwards);
        // By itself the JVM would say 143 or 130, as if a stop that was asked for had failed.
        boolean ran = process.run(() -> {
            reeve.console().out().flush();
            Runtime.getRuntime().halt(Exit.DONE.code());
        });
        if (!ran) {
            agent.close();
            throw Refusal.failed("an agent of " + work.agent().owner() + " runs in this checkout already");
        }
        return Exit.DONE.code();
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
    public void failed(Exception why) {
        reeve.console().err().println("reeve: this heartbeat failed, the next one is tried: " + Main.told(why));
    }
}
