package dev.reeve.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository on GitHub as {@code owner/name}. GitHub allows letters, digits and {@code -} in an owner, and
 * {@code .} and {@code _} besides in a name; {@code .} and {@code ..} are refused, so it is safe as a path.
 * GitHub compares names without regard to case, so this is kept as written but equal in any case.
 */
public record RepositoryName(String owner, String name) implements Comparable<RepositoryName> {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @throws IllegalArgumentException when a part is not a valid name */
    public RepositoryName {
        if (!valid(owner, name)) {
            throw new IllegalArgumentException("not a repository: " + Text.quoted(owner + "/" + name));
        }
    }

    /** The repository that the text {@code owner/name} names, or nothing. */
    public static Optional<RepositoryName> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        var owner = text.substring(0, slash);
        var name = text.substring(slash + 1);
        return valid(owner, name) ? Optional.of(new RepositoryName(owner, name)) : Optional.empty();
    }

    private static boolean valid(String owner, String name) {
        return OWNER.matcher(owner).matches() && NAME.matcher(name).matches() && !name.equals(".")
                && !name.equals("..") && !name.toLowerCase(Locale.ROOT).endsWith(".git");
    }

    /** The one spelling that keys and folders use. */
    public String key() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryName that && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public int compareTo(RepositoryName other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
