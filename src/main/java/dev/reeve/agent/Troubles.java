package dev.reeve.agent;

import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.ReconcileReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What went wrong in one cycle. A pass that fails leaves one signal, however many tasks it failed for, and the others go on.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Map<String, Trouble> byPass = new LinkedHashMap<>();

    private record Trouble(@Nullable Slug first, String reason, int times) {

        Trouble again() {
            return new Trouble(first, reason, times + 1);
        }

        Signal signal(String pass) {
            var about = first == null ? "" : " for " + first + (times > 1 ? " and " + (times - 1) + " more" : "");
            return new Signal(SignalKind.PASS_FAILED, SignalKind.PASS_FAILED.severity(), null,
                    "the pass " + pass + " failed" + about + ", the others went on: " + reason, null);
        }
    }

    /** What a pass gives; nothing when it fails. */
    <T> Optional<T> in(String pass, Supplier<T> look) {
        return in(pass, null, look);
    }

    /** What a pass gives for a task; nothing when it fails. */
    <T> Optional<T> in(String pass, @Nullable Slug slug, Supplier<T> look) {
        try {
            return Optional.of(look.get());
        } catch (RuntimeException e) {
            LOG.debug("the pass {} failed for {}", pass, slug, e);
            failed(pass, slug, ReconcileReport.Failure.of(pass, slug, e).message());
            return Optional.empty();
        }
    }

    /** Notes that a pass failed. */
    void failed(String pass, @Nullable Slug slug, String reason) {
        byPass.merge(pass, new Trouble(slug, reason, 1), (before, _) -> before.again());
    }

    /** Why a pass failed, if it did. */
    Optional<String> reason(String pass) {
        return Optional.ofNullable(byPass.get(pass)).map(Trouble::reason);
    }

    boolean areAny() {
        return !byPass.isEmpty();
    }

    List<Signal> signals() {
        return byPass.entrySet().stream().map(entry -> entry.getValue().signal(entry.getKey())).toList();
    }
}
