package dev.reeve.intake;

import java.util.List;

/** The headers of a request. */
@FunctionalInterface
public interface Headers {

    /** All values of a header, whose name is compared without regard to case; empty when it was not sent. */
    List<String> values(String name);
}
