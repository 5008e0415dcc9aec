package dev.reeve.git;

import dev.reeve.model.BranchName;
import dev.reeve.model.RepositoryName;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The repository that a remote's URL leads to.
 *
 * @param host in lower case, without port: {@code github.com} or an Enterprise Server's
 */
public record Remote(String host, RepositoryName repository) {

    private static final Pattern URL = Pattern.compile(
            "(?:https?|ssh|git|git\\+ssh)://(?:[^/@]*@)?(?<host>[^/@:]+|\\[[^]]+])(?::[0-9]*)?/+(?<path>.+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?(?<host>[^/@:]+):/*(?<path>[^:]+)");

    /** The repository that a URL, or git's short form {@code git@host:owner/name.git}, names; nothing for a local path. */
    public static Optional<Remote> parse(String url) {
        var matcher = url.contains("://") ? URL.matcher(url) : SCP.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var path = matcher.group("path").replaceFirst("/+$", "").replaceFirst("(?i)\\.git$", "");
        var host = matcher.group("host").toLowerCase(Locale.ROOT);
        return RepositoryName.parse(path).map(name -> new Remote(host, name));
    }

    /** The branch that {@code origin} calls its default; nothing when it has none yet. */
    static Optional<BranchName> defaultBranch(Command git) {
        var prefix = "ref: refs/heads/";
        return git.overNetwork()
                .run("ls-remote", "--symref", "origin", "HEAD")
                .lines()
                .filter(line -> line.startsWith(prefix) && line.endsWith("\tHEAD"))
                .findFirst()
                .flatMap(line -> BranchName.parse(line.substring(prefix.length(), line.length() - "\tHEAD".length())));
    }
}
