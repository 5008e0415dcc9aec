package dev.reeve.config;

import dev.reeve.config.Configured.Origin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks settings up in layers, the strongest first, and keeps where each value came from and what is wrong with it.
 * A wrong value is reported and then replaced by what its default would be, so that reading can go on to the next fault; what is built
 * in that way is never handed out. Not for several threads.
 */
final class Resolver {

    private final List<Layer> layers;
    private final Faults faults;
    private final Faults warnings = new Faults();
    private final List<Origin> origins = new ArrayList<>();

    Resolver(List<Layer> layers, Faults faults) {
        this.layers = new ArrayList<>(layers);
        this.faults = faults;
    }

    /** From now on looks here as well, after everything else. */
    void lookAtLast(Layer weakest) {
        layers.add(weakest);
    }

    /** What is wrong so far. */
    Faults faults() {
        return faults;
    }

    /** The setting's value, or nothing when it is neither set nor has a default. */
    <T> Optional<T> find(Setting<T> setting) {
        var value = given(setting);
        value.ifPresent(v -> origins.add(new Origin(setting.key(), setting.show(v), v.source())));
        return value.flatMap(v -> setting.form().read(v, complaint(setting))).or(() -> fallback(setting));
    }

    /** The value of a setting that has a default. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new IllegalStateException("no default: " + setting.key()));
    }

    /** The raw value of a setting, without a note of its origin. */
    Optional<Value> given(Setting<?> setting) {
        return layers.stream()
                .map(layer -> layer.of(setting))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.ofNullable(setting.fallback()));
    }

    /** How strong the layer is that sets this, 0 for the strongest; the number of layers when none does. */
    int rank(Setting<?> setting) {
        int rank = 0;
        while (rank < layers.size() && layers.get(rank).of(setting).isEmpty()) {
            rank++;
        }
        return rank;
    }

    private static <T> Optional<T> fallback(Setting<T> setting) {
        return Optional.ofNullable(setting.fallback()).flatMap(v -> setting.form().read(v, (_, _) -> {}));
    }

    private Form.Complaint complaint(Setting<?> setting) {
        return (value, message) -> faults.add(value.source(), setting.key(), message);
    }

    /** Notes a value that is not a setting's own, such as one that was computed. */
    void note(String key, String value, Source source) {
        origins.add(new Origin(key, value, source));
    }

    /** Reports a fault of a setting as a whole, where it was set or else where it would be. */
    void fault(Setting<?> setting, String message) {
        faults.add(place(setting), setting.key(), message);
    }

    /** Reports what works but should be looked at. */
    void warn(Setting<?> setting, String message) {
        warnings.add(place(setting), setting.key(), message);
    }

    private Source place(Setting<?> setting) {
        return given(setting).map(Value::source)
                .filter(source -> !(source instanceof Source.BuiltIn || source instanceof Source.ReadyMade))
                .or(setting::where)
                .orElseGet(Source.BuiltIn::new);
    }

    /** The configuration if nothing was wrong with it. */
    <T> Configured<T> outcome(Optional<T> value) {
        return value.isPresent() && faults.isEmpty()
                ? new Configured.Valid<>(value.get(), List.copyOf(origins), warnings.all())
                : new Configured.Faulty<>(faults.all(), List.copyOf(origins), warnings.all());
    }
}
