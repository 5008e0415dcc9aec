package dev.reeve.config;

import dev.reeve.config.TeamConfiguration.Checks;
import dev.reeve.config.TeamConfiguration.Dispatch;
import dev.reeve.config.TeamConfiguration.Heartbeat;
import dev.reeve.config.TeamConfiguration.Prompt;
import dev.reeve.config.TeamConfiguration.Reconcile;
import dev.reeve.config.TeamConfiguration.Worker;
import dev.reeve.model.Owners;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a {@link TeamConfiguration} from its settings. */
final class TeamReader {

    private final Resolver settings;
    private final Faults faults;

    TeamReader(Resolver settings, Faults faults) {
        this.settings = settings;
        this.faults = faults;
    }

    Configured<TeamConfiguration> read() {
        return settings.outcome(Optional.of(new TeamConfiguration(settings.get(TeamSettings.TASKS),
                settings.find(TeamSettings.DEFAULT_BRANCH), owners(), heartbeat(), dispatch(), worker(), reconcile(),
                settings.find(TeamSettings.SERVER), checks())));
    }

    private Owners owners() {
        var people = settings.find(TeamSettings.OWNERS).orElse(List.of());
        var roles = settings.find(TeamSettings.ROLES).orElse(List.of());
        var draft = Owners.draft();
        people.forEach(p -> check(p.name(), "owners", draft.person(p.name().text())));
        for (var person : people) {
            var name = person.name().text();
            person.aliases().forEach(alias -> check(alias, "owners", draft.alias(name, alias.text())));
            person.logins().forEach(login -> check(login, "owners", draft.login(name, login.text())));
        }
        roles.forEach(role -> check(role.name(), "roles", draft.role(role.name().text(), role.person().text())));
        return draft.build();
    }

    private void check(Value value, String key, Optional<String> problem) {
        problem.ifPresent(message -> faults.add(value.source(), key, message));
    }

    private Heartbeat heartbeat() {
        return new Heartbeat(settings.get(TeamSettings.INTERVAL), settings.get(TeamSettings.IDLE),
                settings.get(TeamSettings.PICKUP_OVERDUE), settings.get(TeamSettings.STALL),
                Set.copyOf(settings.get(TeamSettings.OFF)));
    }

    private Dispatch dispatch() {
        return new Dispatch(settings.get(TeamSettings.MAX_PER_CYCLE), settings.get(TeamSettings.MAX_WORKERS),
                settings.get(TeamSettings.MAX_IN_REVIEW), settings.get(TeamSettings.TIMEOUT),
                settings.get(TeamSettings.RETRY_COOLDOWN), settings.get(TeamSettings.MAX_ATTEMPTS),
                settings.get(TeamSettings.MAX_RUN_TIME));
    }

    private Worker worker() {
        var command = settings.get(TeamSettings.COMMAND);
        var prompt = settings.get(TeamSettings.PROMPT);
        if (prompt != Prompt.FILE && command.stream().anyMatch(word -> word.contains(Worker.PROMPT_FILE))) {
            settings.fault(TeamSettings.COMMAND, "has " + Worker.PROMPT_FILE + ", but there is such a file with "
                    + TeamSettings.PROMPT.key() + ": file only");
        }
        return new Worker(settings.find(TeamSettings.USE), command, prompt, settings.find(TeamSettings.TEMPLATE),
                settings.get(TeamSettings.ENV), settings.get(TeamSettings.PREPARE), settings.get(TeamSettings.COPY),
                settings.get(TeamSettings.USAGE_LIMIT), settings.get(TeamSettings.USAGE_LIMIT_PAUSE));
    }

    private Reconcile reconcile() {
        return new Reconcile(settings.find(TeamSettings.PUBLISH), settings.get(TeamSettings.WORKTREE_RETENTION));
    }

    private Checks checks() {
        return new Checks(settings.get(TeamSettings.CHECK_NAME), settings.get(TeamSettings.REQUIRE_TASK),
                Set.copyOf(settings.get(TeamSettings.FAIL_ON)));
    }
}
