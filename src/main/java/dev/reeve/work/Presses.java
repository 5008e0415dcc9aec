package dev.reeve.work;

import dev.reeve.inbox.Claim;
import dev.reeve.model.Press;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether who pressed a button may: GitHub is asked when the work is done, since a payload says who it was and not what they may.
 *
 * @param metrics counts {@code reeve_buttons} by outcome
 */
record Presses(MeterRegistry metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(Presses.class);

    /** What follows for a piece of work. */
    enum Verdict {
        /** Nobody pressed anything; other reasons ask for it. */
        ORDINARY,
        /** Somebody who may write wants it. */
        WANTED,
        /** Nobody wants it but people who may not. */
        REFUSED
    }

    Verdict judge(Site site, Claim claim) {
        if (!isFirst(claim.key().subject())) {
            return Verdict.ORDINARY;
        }
        var pressed = claim.triggers().stream().flatMap(trigger -> button(trigger).stream()).distinct().toList();
        if (pressed.isEmpty()) {
            return Verdict.ORDINARY;
        }
        var byMay = pressed.stream()
                .collect(Collectors.partitioningBy(press -> site.gitHub().mayWrite(press.person())));
        byMay.getOrDefault(false, List.of()).forEach(press -> refuse(site, claim, press));
        if (!byMay.getOrDefault(true, List.of()).isEmpty()) {
            count("done");
            return Verdict.WANTED;
        }
        return claim.triggers().stream().allMatch(trigger -> button(trigger).isPresent()) ? Verdict.REFUSED
                : Verdict.ORDINARY;
    }

    /** Where a button leads to; what follows from there goes by what was found there. */
    private static boolean isFirst(Subject subject) {
        return subject instanceof Subject.OfPullRequest || subject instanceof Subject.OfAll;
    }

    private static Optional<Press> button(Trigger trigger) {
        return Press.in(trigger).filter(press -> press.kind().button().isPresent());
    }

    private void count(String outcome) {
        Counter.builder("reeve.buttons")
                .description("Buttons of check runs that were pressed")
                .tag("outcome", outcome)
                .register(metrics)
                .increment();
    }

    private void refuse(Site site, Claim claim, Press press) {
        count("refused");
        LOG.warn("{} pressed a button on a check run of {} ({}) and may not write there: nothing is done for it",
                press.person(), site.name(), claim.key().subject().key());
    }
}
