package dev.reeve.work;

import dev.reeve.inbox.Claim;
import dev.reeve.model.Press;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What buttons lead to. A look at what is there anyhow does no harm, whoever asks for it: the next event or sweep would have it too. What only somebody who may
 * write can cause is another thing; there GitHub is asked, when the work is done, since a payload says who it was and not what they may.
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

    /** Who pressed a button for this work. */
    static List<Press> in(Claim claim) {
        return claim.triggers()
                .stream()
                .flatMap(trigger -> Press.in(trigger).stream())
                .filter(press -> press.kind().button().isPresent())
                .distinct()
                .toList();
    }

    /** Whether this work is wanted by somebody who may write; who may not is counted and named in the log. */
    Verdict judge(Site site, Claim claim) {
        var pressed = in(claim);
        if (pressed.isEmpty()) {
            return Verdict.ORDINARY;
        }
        var byMay = pressed.stream()
                .collect(Collectors.partitioningBy(press -> site.gitHub().mayWrite(press.person())));
        byMay.getOrDefault(false, List.of()).forEach(press -> refuse(site, claim, press));
        if (!byMay.getOrDefault(true, List.of()).isEmpty()) {
            metrics.counter("reeve.buttons", "outcome", "done").increment();
            return Verdict.WANTED;
        }
        return claim.triggers().stream().allMatch(trigger -> Press.in(trigger).filter(pressed::contains).isPresent())
                ? Verdict.REFUSED
                : Verdict.ORDINARY;
    }

    private void refuse(Site site, Claim claim, Press press) {
        metrics.counter("reeve.buttons", "outcome", "refused").increment();
        LOG.warn(
                "{} pressed a button on a check run of {} ({}) and may not write there: what takes that is not done for it",
                press.person(), site.name(), claim.key().subject().key());
    }
}
