package dev.reeve.app;

import dev.reeve.config.GitHubAddresses;

import java.net.URI;
import java.util.Locale;

/**
 * Where GitHub is for people and for programs.
 *
 * @param web where people go
 */
record GitHubPlace(URI web, GitHubAddresses addresses) {

    private static final String COM = "github.com";
    private static final String HOSTED_ENTERPRISE = ".ghe.com";
    private static final String API_PATH = "/api/v3";

    /** Where people go when programs go there. Repositories may come from somewhere else, so it is the API that counts. */
    static GitHubPlace of(GitHubAddresses addresses) {
        var api = addresses.api();
        var host = String.valueOf(api.getHost()).toLowerCase(Locale.ROOT);
        var web = host.equals("api." + COM) || host.endsWith(HOSTED_ENTERPRISE)
                ? api.getScheme() + "://" + host.replaceFirst("^api\\.", "")
                : api.toString().replaceFirst(API_PATH + "$", "");
        return new GitHubPlace(URI.create(web), addresses);
    }

    /** Where programs go when people go there: GitHub.com, GitHub Enterprise Cloud with data residency, or an Enterprise Server. */
    static GitHubAddresses at(URI web) {
        var host = web.getHost().toLowerCase(Locale.ROOT);
        boolean hosted = host.equals(COM) || host.endsWith(HOSTED_ENTERPRISE);
        return new GitHubAddresses(URI.create(hosted ? "https://api." + host : web + API_PATH), web);
    }
}
