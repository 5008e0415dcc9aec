package dev.reeve.cli;

/** Colours, or none. */
enum Paint {
    ANSI, NONE;

    String good(String text) {
        return in("32", text);
    }

    String bad(String text) {
        return in("31", text);
    }

    String warning(String text) {
        return in("33", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return switch (this) {
            case ANSI -> "\u001b[" + code + "m" + text + "\u001b[0m";
            case NONE -> text;
        };
    }
}
