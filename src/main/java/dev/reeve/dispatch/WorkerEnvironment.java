package dev.reeve.dispatch;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a worker, made from nothing: what every program needs to find itself at home, the names that the team's configuration gives, and what Reeve tells it. Whatever else the manager has, its tokens among them, isn't passed on.
 */
final class WorkerEnvironment {

    private static final Set<String> HOME = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE",
            "TERM", "TZ", "TMPDIR", "SSH_AUTH_SOCK");

    private WorkerEnvironment() {}

    /**
     * What is passed on.
     *
     * @param ours the manager's
     * @param named names of variables that the configuration gives
     */
    static Map<String, String> of(Map<String, String> ours, Collection<String> named) {
        var passed = new TreeMap<String, String>();
        ours.forEach((name, value) -> {
            if (HOME.contains(name) || name.startsWith("LC_") || name.startsWith("XDG_") || named.contains(name)) {
                passed.put(name, value);
            }
        });
        return passed;
    }

    /** What a process of the manager's own needs: whose queue it is, and how GitHub is asked. */
    static Map<String, String> ofManager(Map<String, String> ours) {
        var passed = new TreeMap<String, String>();
        ours.forEach((name, value) -> {
            if (name.startsWith("GITHUB_") || name.startsWith("TASK_MANAGER_")
                    || name.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
                passed.put(name, value);
            }
        });
        return passed;
    }
}
