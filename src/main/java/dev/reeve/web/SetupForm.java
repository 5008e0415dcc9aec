package dev.reeve.web;

import dev.reeve.model.Loopback;
import dev.reeve.web.Setup.Owner;
import dev.reeve.web.Setup.Wish;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The form of the set-up page as somebody filled it in: untrusted text.
 *
 * @param owner {@code person} or {@code organisation}
 * @param gitHub {@code com} or {@code enterprise}
 */
record SetupForm(String name, String owner, String organisation, String gitHub, String enterprise, String publicUrl) {

    private static final URI GITHUB_COM = URI.create("https://github.com");
    /** GitHub's limit for the name of an App. */
    private static final int LONGEST_NAME = 34;

    /** What the form says, or what is wrong with it, by the field's name. */
    sealed interface Reading {

        record Wanted(Wish wish) implements Reading {}

        record Wrong(Map<String, String> faults) implements Reading {}
    }

    /** @param configured where GitHub is, when nobody is asked */
    Reading read(Optional<URI> configured) {
        var faults = new LinkedHashMap<String, String>();
        var who = "organisation".equals(owner) ? organisation(faults) : new Owner.Person();
        var where = configured.orElseGet(() -> "enterprise".equals(gitHub) ? server(faults) : GITHUB_COM);
        var wish = new Wish(name(faults), who, where, publicUrl(faults));
        return faults.isEmpty() ? new Reading.Wanted(wish) : new Reading.Wrong(faults);
    }

    private String name(Map<String, String> faults) {
        var text = name.strip();
        if (text.isEmpty() || text.length() > LONGEST_NAME || !text.matches("[\\p{L}\\p{N} ._()-]+")) {
            faults.put("name", "Give it a name of 1 to " + LONGEST_NAME + " letters, digits, spaces or dashes.");
        }
        return text;
    }

    private Owner organisation(Map<String, String> faults) {
        var text = organisation.strip();
        if (!text.matches("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?")) {
            faults.put("organisation", "Write the organisation as in its address: github.com/acme is acme.");
        }
        return new Owner.Organisation(text);
    }

    private URI server(Map<String, String> faults) {
        return address(enterprise).filter(uri -> uri.getPath().isEmpty()).orElseGet(() -> {
            faults.put("enterprise", "Write the server's address, https:// and its name, nothing behind it.");
            return GITHUB_COM;
        });
    }

    private URI publicUrl(Map<String, String> faults) {
        return address(publicUrl).orElseGet(() -> {
            faults.put("public_url",
                    "Write an address that begins with https://, or http:// on this very machine, such as http://localhost:8080.");
            return GITHUB_COM;
        });
    }

    /** An address with encryption, or one of this machine. */
    private static Optional<URI> address(String text) {
        try {
            var uri = new URI(text.strip().replaceAll("/+$", ""));
            boolean plain = uri.getHost() != null && uri.getUserInfo() == null && uri.getRawQuery() == null
                    && uri.getRawFragment() == null && uri.getPort() <= 65_535;
            var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return Optional.of(uri)
                    .filter(_ -> plain && (scheme.equals("https")
                            || (scheme.equals("http") && Loopback.is(uri))));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
