package dev.reeve.doctor;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.store.DispatchFiles;
import dev.reeve.store.DispatchStatus;
import dev.reeve.store.ProcessTable;
import dev.reeve.store.Register;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFiles;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of the runtime state. */
record StateChecks(Patient patient, InstantSource clock) {

    private static final int MOST = 10;
    private static final String REPAIR = "reeve reconcile sets it aside and begins a new one";

    List<Finding> findings() {
        return Check.all(List.of(new Check("state", this::folder), new Check("registers", this::registers),
                new Check("dispatch", this::dispatch), new Check("snapshot", this::snapshots)));
    }

    private StateFolder state() {
        return new StateFolder(patient.root(), clock);
    }

    private List<Finding> folder() throws IOException {
        var files = StateFiles.of(state());
        if (files.isEmpty()) {
            return List.of(Finding.info("state", "there is no runtime state yet"));
        }
        var findings = new ArrayList<Finding>();
        findings.add(switch (files.get().exposure()) {
            case OURS -> Finding.ok("state", ".tasks/task_manager is this user's to write");
            case EVERYBODY -> Finding.warning("state", "every user of this machine may change .tasks/task_manager",
                    "chmod o-w .tasks/task_manager");
            case NOT_US -> Finding.error("state", "this user may not write in .tasks/task_manager",
                    "run Reeve as the user that owns the checkout, or give the folder to this one");
        });
        if (!files.get().setAside().isEmpty()) {
            findings.add(Finding.warning("state", "files that didn't parse were set aside: "
                    + String.join(", ", files.get().setAside().stream().limit(MOST).toList()),
                    "look what wrote them, then delete them from .tasks/task_manager"));
        }
        return findings;
    }

    private List<Finding> registers() throws IOException {
        var findings = new ArrayList<Finding>();
        var registers = new Registers(state());
        for (var owner : registers.owners()) {
            findings.addAll(register(owner, registers.read(owner)));
        }
        StateFiles.of(state()).ifPresent(files -> files.registers().forEach(spelling -> stray(spelling, findings)));
        return findings.isEmpty() ? List.of(Finding.ok("registers", "there are none yet")) : findings;
    }

    private static List<Finding> register(OwnerKey owner, Register register) {
        return switch (register) {
            case Register.Loaded loaded when loaded.signals().isEmpty() ->
                List.of(Finding.ok("registers", owner + ": " + counted(loaded.entries().size())));
            case Register.Loaded loaded -> loaded.signals()
                    .stream()
                    .limit(MOST)
                    .map(signal -> Finding.warning("registers", said(signal), "correct it, or delete that entry"))
                    .toList();
            case Register.Corrupt(var signal) -> List.of(Finding.warning("registers", said(signal), REPAIR));
            case Register.Untouchable(var signal) -> List.of(Finding.error("registers", said(signal),
                    "use the Reeve that wrote it, or put a file in its place"));
        };
    }

    private static String counted(int entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }

    private static String said(Signal signal) {
        return (signal.place() == null ? "" : signal.place() + ": ") + signal.message();
    }

    private void stray(String spelling, List<Finding> findings) {
        patient.owners()
                .keyOf(spelling)
                .filter(key -> !key.value().equals(spelling))
                .ifPresent(key -> findings.add(Finding.info("registers",
                        "the register of \"" + spelling + "\" is " + key + "'s under another spelling",
                        "reeve reconcile merges it into " + key + "'s and archives it")));
    }

    private List<Finding> dispatch() throws IOException {
        var files = new DispatchFiles(state(), patient.tasks(), new ProcessTable());
        var findings = new ArrayList<Finding>();
        int live = 0;
        for (var slug : files.slugs()) {
            var status = files.read(slug);
            live += status instanceof DispatchStatus.Known(var run) && run.alive() ? 1 : 0;
            unreadable(slug, status).ifPresent(findings::add);
        }
        findings.addFirst(Finding.ok("dispatch", said(files.slugs().size(), live)));
        return findings.stream().limit(1 + MOST).toList();
    }

    private static String said(int tasks, int live) {
        return tasks == 0 ? "no task has dispatch files"
                : (tasks == 1 ? "1 task has" : tasks + " tasks have") + " dispatch files, " + live
                        + (live == 1 ? " of them a live worker" : " of them live workers");
    }

    private static Optional<Finding> unreadable(Slug slug, DispatchStatus status) {
        return switch (status) {
            case DispatchStatus.None _,DispatchStatus.Known _ -> Optional.empty();
            case DispatchStatus.Corrupt(var fault) -> Optional.of(Finding.warning("dispatch",
                    fault.place() + ": " + fault.message(), "reeve reconcile " + slug + " sets it aside"));
            case DispatchStatus.Untouchable(var fault) -> Optional.of(
                    Finding.warning("dispatch", fault.place() + ": " + fault.message(), "put a file in its place"));
        };
    }

    private List<Finding> snapshots() throws IOException {
        var files = StateFiles.of(state());
        if (files.isEmpty() || files.get().snapshots().isEmpty()) {
            return List.of(Finding.info("snapshot", "no heartbeat has run here yet"));
        }
        return files.get().snapshots().stream().map(this::age).toList();
    }

    private Finding age(StateFiles.Snapshot snapshot) {
        var age = Duration.between(snapshot.written(), clock.instant());
        var said = snapshot.spelling() + "'s is of " + snapshot.written();
        return age.compareTo(patient.said().heartbeat().interval().multipliedBy(3)) <= 0
                ? Finding.ok("snapshot", said)
                : Finding.info("snapshot", said + ": no heartbeat has run since", "reeve run keeps it fresh");
    }
}
