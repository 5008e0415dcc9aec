package dev.reeve.model;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who owns tasks: which spellings are the same person, which GitHub login is whose, and in whose queue a task belongs.
 *
 * <p>A spelling becomes canonical by trimming, lower-casing, dropping a leading {@code @} and an e-mail's domain, dropping
 * {@code .}, {@code _}, {@code -} and spaces, and looking the result up in the aliases. That is done before any path is made.
 */
public final class Owners {

    private static final String SEPARATORS = "._-";

    private final Map<OwnerKey, OwnerKey> aliases;
    private final Map<String, OwnerKey> logins;
    private final Map<OwnerKey, OwnerKey> roles;
    private final Set<OwnerKey> people;

    private Owners(Map<OwnerKey, OwnerKey> aliases, Map<String, OwnerKey> logins, Map<OwnerKey, OwnerKey> roles,
            Set<OwnerKey> people) {
        this.aliases = Map.copyOf(aliases);
        this.logins = Map.copyOf(logins);
        this.roles = Map.copyOf(roles);
        this.people = Set.copyOf(people);
    }

    /** Where a task goes. */
    public sealed interface Routing {

        /** Into this person's queue. */
        record Routed(OwnerKey owner) implements Routing {}

        /** Nowhere; the reason says what to configure. */
        record Unroutable(String reason) implements Routing {}
    }

    /** Nobody is configured: spellings are still made canonical, but no task is routed. */
    public static Owners none() {
        return new Owners(Map.of(), Map.of(), Map.of(), Set.of());
    }

    /** Begins a new set of owners. */
    public static Draft draft() {
        return new Draft();
    }

    /** The key of a spelling by itself, without aliases; nothing for what can't be a key, as the empty text or {@code a/b}. */
    public static Optional<OwnerKey> canonical(String spelling) {
        return isPlain(spelling) ? OwnerKey.parse(withoutSeparators(spelling)) : canonicalOfAny(spelling);
    }

    /** Most are: then nothing needs to be looked up in Unicode's tables, which counts when every task of a checkout is routed. */
    private static boolean isPlain(String spelling) {
        for (int i = 0; i < spelling.length(); i++) {
            char c = spelling.charAt(i);
            if (c >= 0x80 || (!Character.isLetterOrDigit(c) && SEPARATORS.indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static String withoutSeparators(String spelling) {
        var name = new StringBuilder(spelling.length());
        for (int i = 0; i < spelling.length(); i++) {
            char c = spelling.charAt(i);
            if (SEPARATORS.indexOf(c) < 0) {
                name.append(Character.toLowerCase(c));
            }
        }
        return name.toString();
    }

    private static Optional<OwnerKey> canonicalOfAny(String spelling) {
        var text = Normalizer.normalize(spelling.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        var name = text.startsWith("@") ? text.substring(1) : text;
        int domain = name.indexOf('@');
        return OwnerKey.parse((domain < 0 ? name : name.substring(0, domain)).replaceAll("[._\\- ]", ""));
    }

    /** The owner that a spelling means; nothing for what can't be an owner's name. Says nothing on whether anybody knows them. */
    public Optional<OwnerKey> keyOf(String spelling) {
        return canonical(spelling).map(key -> aliases.getOrDefault(key, key));
    }

    /** The owner behind a GitHub login: as configured, else as if the login were a spelling of their name. */
    public Optional<OwnerKey> ofGitHubLogin(String login) {
        return Optional.ofNullable(logins.get(canonicalLogin(login))).or(() -> keyOf(login));
    }

    /** In whose queue a task is that names this person or role. Explicit: who is neither configured person nor role is in none. */
    public Routing route(String owner) {
        var name = canonical(owner);
        var key = name.map(k -> aliases.getOrDefault(k, k));
        if (key.isPresent() && people.contains(key.get())) {
            return new Routing.Routed(key.get());
        }
        var mapped = name.map(roles::get);
        if (mapped.isPresent()) {
            return new Routing.Routed(mapped.get());
        }
        return new Routing.Unroutable("the owner " + Text.quoted(owner)
                + " is neither a person nor a role: add it to owners or roles in .reeve.yml, or correct the task");
    }

    /** These owners and one person more, whom nobody needs to configure: whoever runs the agent. */
    public Owners including(OwnerKey person) {
        var more = new LinkedHashSet<>(people);
        more.add(person);
        return new Owners(aliases, logins, roles, more);
    }

    private static String canonicalLogin(String login) {
        var name = login.strip().toLowerCase(Locale.ROOT);
        return name.startsWith("@") ? name.substring(1) : name;
    }

    /**
     * Owners while they are read from a configuration. Each method answers with what is wrong, for people, or with nothing; what
     * is wrong is left out. Add all people first, then their aliases and logins, then the roles.
     */
    public static final class Draft {

        private final Map<OwnerKey, OwnerKey> aliases = new LinkedHashMap<>();
        private final Map<String, OwnerKey> logins = new LinkedHashMap<>();
        private final Map<OwnerKey, OwnerKey> roles = new LinkedHashMap<>();
        private final Set<OwnerKey> people = new LinkedHashSet<>();

        private Draft() {}

        /** Adds a person by their name. */
        public Optional<String> person(String name) {
            var key = canonical(name);
            if (key.isEmpty()) {
                return notAName(name);
            }
            return people.add(key.get())
                    ? Optional.empty()
                    : Optional.of(Text.quoted(name) + " is the same owner as one above: merge the two");
        }

        /** Adds another spelling of a person's name. */
        public Optional<String> alias(String person, String alias) {
            var owner = canonical(person);
            var key = canonical(alias);
            if (owner.isEmpty() || key.isEmpty()) {
                return notAName(alias);
            }
            if (key.equals(owner)) {
                return Optional.empty();
            }
            return people.contains(key.get())
                    ? Optional.of(Text.quoted(alias) + " is an owner itself, so it can't be an alias of " + owner.get())
                    : putOnce(aliases, key.get(), owner.get(), alias);
        }

        /** Adds a GitHub login of a person. */
        public Optional<String> login(String person, String login) {
            var owner = canonical(person);
            var name = canonicalLogin(login);
            if (owner.isEmpty() || !name.matches("[a-z0-9][a-z0-9_-]{0,99}(\\[bot])?")) {
                return Optional.of(Text.quoted(login) + " is not a GitHub login");
            }
            return putOnce(logins, name, owner.get(), login);
        }

        /** Maps a role to a person, who must be configured unless nobody is. */
        public Optional<String> role(String role, String person) {
            var key = canonical(role);
            var owner = canonical(person).map(k -> aliases.getOrDefault(k, k));
            if (key.isEmpty() || owner.isEmpty()) {
                return notAName(key.isEmpty() ? role : person);
            }
            if (people.contains(key.get()) || aliases.containsKey(key.get())) {
                return Optional.of(Text.quoted(role) + " is a role and an owner: rename one of them");
            }
            if (!people.isEmpty() && !people.contains(owner.get())) {
                return Optional.of(Text.quoted(person) + " is not among the owners: add it there or correct it");
            }
            return putOnce(roles, key.get(), owner.get(), role);
        }

        private static <K> Optional<String> putOnce(Map<K, OwnerKey> map, K key, OwnerKey owner, String spelling) {
            var before = map.putIfAbsent(key, owner);
            return before == null || before.equals(owner)
                    ? Optional.empty()
                    : Optional.of(Text.quoted(spelling) + " belongs to " + before + " already: it can't be " + owner
                            + "'s too");
        }

        private static Optional<String> notAName(String text) {
            return Optional.of(Text.quoted(text) + " is not a name: use letters and digits, and . _ - between them");
        }

        /** What was added without fault. Where no owner is configured, whoever has a role is a person. */
        public Owners build() {
            var known = people.isEmpty() ? new LinkedHashSet<>(roles.values()) : people;
            return new Owners(aliases, logins, roles, known);
        }
    }
}
