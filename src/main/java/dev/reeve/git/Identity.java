package dev.reeve.git;

/**
 * Whom a commit names as its author or committer. Git's format can't hold angle brackets, line breaks and other control
 * characters; they become spaces.
 */
public record Identity(String name, String email) {

    public Identity {
        name = cleaned(name);
        email = cleaned(email);
    }

    private static String cleaned(String text) {
        return text.replaceAll("[<>\\p{Cntrl}]", " ").strip();
    }
}
