package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.Inbox;
import dev.reeve.intake.Intake;
import dev.reeve.recovery.MissedDeliveries;
import dev.reeve.recovery.RecoveryMetrics;
import dev.reeve.work.Holdings;
import dev.reeve.work.InstallationWork;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Wires what keeps a server from missing anything: known repositories, sweeps, GitHub's log of deliveries. */
record NothingMissed(ServerConfiguration configuration, Machine machine, GitHubApp gitHub, Sites sites, Inbox inbox) {

    private static final Logger LOG = LoggerFactory.getLogger(NothingMissed.class);

    /** What GitHub.com keeps deliveries for, and what Enterprise Server does: "Redelivering webhooks" and "Viewing webhook deliveries" in its documentation. */
    private static final Duration KEPT_BY_GITHUB = Duration.ofDays(3);
    private static final Duration KEPT_BY_ENTERPRISE_SERVER = Duration.ofDays(7);
    /** One that becomes known may be due before all others. */
    private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(30);
    private static final Set<String> GITHUB = Set.of("api.github.com");

    Holdings holdings() {
        return new Holdings(inbox.repositories(), gitHub.installations(), sites::giveUp, sites::reopen,
                this::nextSweep);
    }

    /** Between three quarters and five quarters of the interval, so that repositories come one after the other. */
    private Instant nextSweep() {
        long millis = configuration.rhythm().sweep().toMillis();
        return machine.clock().instant().plusMillis(Math.round(millis * (0.75 + machine.random().nextDouble() / 2)));
    }

    /** Started, it does all of this until it is closed. */
    Rounds rounds(Intake intake, MeterRegistry metrics) {
        var missed = new MissedDeliveries(gitHub.deliveries(), inbox, intake, machine.clock(),
                new RecoveryMetrics(metrics), new MissedDeliveries.Terms(kept(), UUID.randomUUID().toString()));
        var rhythm = configuration.rhythm();
        return new Rounds(List.of(
                Round.every(rhythm.sweep(), "finding out where the App is installed", this::list, machine.clock()),
                Round.every(rhythm.recovery(), "reading GitHub's delivery log", missed::takeIn, machine.clock()),
                new Round("sweeping repositories", rhythm.sweep(), this::sweep, machine.clock()))).start();
    }

    /** Has those swept that are due; gives when to look again. */
    private Instant sweep() {
        while (inbox.repositories().nextSweep().filter(due -> !due.isAfter(machine.clock().instant())).isPresent()
                && inbox.repositories().sweep(this::nextSweep).join() > 0) {
            LOG.debug("repositories are swept");
        }
        var soon = machine.clock().instant().plus(LONGEST_BETWEEN_LOOKS);
        return inbox.repositories().nextSweep().filter(due -> due.isBefore(soon)).orElse(soon);
    }

    private Duration kept() {
        var host = String.valueOf(configuration.github().api().getHost());
        return GITHUB.contains(host) || host.endsWith(".ghe.com") ? KEPT_BY_GITHUB : KEPT_BY_ENTERPRISE_SERVER;
    }

    private void list() {
        var arrivals = InstallationWork.everywhere(holdings(), configuration.checkouts().keySet());
        var _ = inbox.queue().enqueue(arrivals).join();
    }
}
