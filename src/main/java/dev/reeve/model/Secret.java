package dev.reeve.model;

/**
 * A text that must not be shown: a private key, a webhook secret, a token, a URL with a password. It prints as
 * {@code ***} wherever it ends up by accident; only {@link #reveal} hands it out.
 */
public final class Secret {

    private final String text;

    /** Takes the text as it is. */
    public Secret(String text) {
        this.text = text;
    }

    /** The text itself, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
