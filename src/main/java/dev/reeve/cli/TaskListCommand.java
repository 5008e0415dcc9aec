package dev.reeve.cli;

import dev.reeve.app.LocalTasks;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Owners;
import dev.reeve.model.Owners.Routing;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.Text;
import dev.reeve.store.Catalog;
import dev.reeve.store.WorkingTree.Index;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Lists tasks. */
@Command(name = "list", description = "List tasks: what is worked on first, what is done last.", footer = {"",
        "reeve task list --mine --status ready --status in_progress",
        "Exit codes: 0 done, 1 some task file is wrong (the list is complete but for it), 2 wrong usage or configuration."})
final class TaskListCommand implements Callable<Integer> {

    /** Tasks that somebody may want to do something about before those that nobody will. */
    private static final List<TaskStatus> ORDER = List.of(TaskStatus.IN_PROGRESS, TaskStatus.READY, TaskStatus.BLOCKED,
            TaskStatus.NOT_STARTED, TaskStatus.COMPLETED, TaskStatus.CANCELLED);
    private static final Comparator<TaskSummary> SHOWN = Comparator
            .comparingInt((TaskSummary task) -> ORDER.indexOf(task.status()))
            .thenComparing(TaskSummary::priority)
            .thenComparing(TaskSummary::slug);

    private final Reeve reeve;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only tasks of this status; can be given several times.")
    private List<String> statuses = new ArrayList<>();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only tasks of this person, in any spelling and by any role of theirs, or of this role.")
    private @Nullable String owner;

    @Option(names = "--mine", description = "Only tasks of whoever TASK_MANAGER_OWNER, reeve.owner or the e-mail in git's configuration names.")
    private boolean mine;

    @Mixin
    private OutputFormat format = new OutputFormat();

    TaskListCommand(Reeve reeve) {
        this.reeve = reeve;
    }

    @Override
    public Integer call() throws IOException {
        var wanted = wantedStatuses();
        var folder = TaskFolder.around(reeve).existing();
        var owners = wantedOwner(folder);
        var tasks = LocalTasks.catalog(folder.here().root(), folder.root(), Index.KEPT);
        var catalog = tasks.read();
        var shown = new ArrayList<TaskSummary>();
        var faulty = new ArrayList<CatalogEntry.Faulty>();
        for (var entry : catalog.entries().values()) {
            switch (entry) {
                case CatalogEntry.Valid(var task) when wanted.contains(task.status()) && owners.has(task.owner()) ->
                    shown.add(task);
                case CatalogEntry.Valid _,CatalogEntry.Missing _ -> {
                }
                case CatalogEntry.Faulty broken -> faulty.add(broken);
            }
        }
        shown.sort(SHOWN);
        print(shown, faulty, catalog);
        tasks.remember();
        return (faulty.isEmpty() && catalog.faults().isEmpty() ? Exit.DONE : Exit.FAILED).code();
    }

    private void print(List<TaskSummary> shown, List<CatalogEntry.Faulty> faulty, Catalog catalog) throws IOException {
        var out = reeve.console().out();
        switch (format.kind()) {
            case TEXT -> {
                out.print(TaskTable.of(shown, reeve.console().paint()));
                out.flush();
                TaskTable.faults(faulty, catalog.faults()).forEach(reeve.console().err()::println);
            }
            case JSON -> OutputFormat.print(out, json -> TaskJson.list(json, shown, faulty, catalog.faults()));
        }
    }

    private Set<TaskStatus> wantedStatuses() {
        var wanted = EnumSet.noneOf(TaskStatus.class);
        for (var text : statuses) {
            wanted.add(TaskStatus.parse(text)
                    .orElseThrow(() -> Refusal.usage(Text.quoted(text) + " is not a status: use "
                            + Arrays.stream(TaskStatus.values())
                                    .map(TaskStatus::id)
                                    .collect(Collectors.joining(", ")))));
        }
        return wanted.isEmpty() ? EnumSet.allOf(TaskStatus.class) : wanted;
    }

    private OwnerFilter wantedOwner(TaskFolder folder) {
        if (mine && owner != null) {
            throw Refusal.usage("--mine and --owner name two owners: give one");
        }
        if (mine) {
            return mine(folder);
        }
        return owner == null ? new OwnerFilter(Owners.none(), Optional.empty())
                : new OwnerFilter(folder.team().owners(), Optional.of(named(folder.team().owners(), owner)));
    }

    private static OwnerKey named(Owners owners, String name) {
        return owners.keyOf(name)
                .orElseThrow(() -> Refusal
                        .usage(Text.quoted(name) + " is not a name: use letters and digits, and . _ - between them"));
    }

    private OwnerFilter mine(TaskFolder folder) {
        var agent = Workplace.agent(reeve, folder.here().checkout(), folder.team(), null);
        return new OwnerFilter(agent.owners(), Optional.of(agent.owner()));
    }

    /** Which tasks are an owner's; everybody's where none is wanted. What a name means is asked once for each. */
    private record OwnerFilter(Owners owners, Optional<OwnerKey> wanted, Map<String, Boolean> known) {

        OwnerFilter(Owners owners, Optional<OwnerKey> wanted) {
            this(owners, wanted, new HashMap<>());
        }

        boolean has(@Nullable String written) {
            return wanted.isEmpty()
                    || (written != null && known.computeIfAbsent(written, name -> isOf(name, wanted.get())));
        }

        private boolean isOf(String name, OwnerKey key) {
            boolean routed = owners.route(name) instanceof Routing.Routed(var person) && person.equals(key);
            return routed || owners.keyOf(name).filter(key::equals).isPresent();
        }
    }
}
