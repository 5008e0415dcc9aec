package dev.reeve.cli;

/** What a command's exit code says. */
enum Exit {
    /** It is done, or there was nothing to do. */
    DONE(0),
    /** Some step failed, or faults were found; the output says which. */
    FAILED(1),
    /** It was called wrongly, or the configuration is wrong; nothing was done. */
    USAGE(2);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
