package dev.reeve.dispatch;

import dev.reeve.config.UsageLimitPattern;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RunId;
import dev.reeve.store.RunRecord.Site;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a runner has to know of its run. It gets it through a pipe, because arguments and environment are for every user of the machine to see.
 *
 * @param attempt which of the task's runs it is, of those that count
 * @param updates the ids of the follow-ups that the prompt holds, separated by spaces
 * @param base what the worktree's commits are compared with
 * @param manager what a process of the manager's that goes on afterwards needs of the environment, tokens among it; no worker gets it
 */
record RunOrder(RunId id, OwnerKey owner, int attempt, String by, String updates, Site site, BranchName base,
        String taskPath, Program program, Limits limits, Map<String, String> manager) {

    /**
     * What is run.
     *
     * @param command the program and its arguments
     * @param input what it finds on its standard input
     * @param prepare commands that come first, in a new worktree
     * @param environment of all of them, complete
     */
    record Program(List<String> command, String input, String prompt, List<List<String>> prepare,
            Map<String, String> environment) {}

    /**
     * What it may not exceed.
     *
     * @param usage patterns that tell a usage limit in what the worker prints
     * @param pause how long one lasts that doesn't say
     */
    record Limits(Duration runTime, Duration grace, long logBytes, List<UsageLimitPattern> usage, Duration pause) {}

    void write(DataOutputStream out) throws IOException {
        text(out, id.value());
        text(out, owner.value());
        out.writeInt(attempt);
        text(out, by);
        text(out, updates);
        text(out, site.worktree().toString());
        text(out, site.branch().value());
        text(out, base.value());
        text(out, taskPath);
        texts(out, program.command);
        text(out, program.input);
        text(out, program.prompt);
        out.writeInt(program.prepare.size());
        for (var command : program.prepare) {
            texts(out, command);
        }
        map(out, program.environment);
        out.writeLong(limits.runTime.toMillis());
        out.writeLong(limits.grace.toMillis());
        out.writeLong(limits.logBytes);
        texts(out, limits.usage.stream().map(UsageLimitPattern::text).toList());
        out.writeLong(limits.pause.toMillis());
        map(out, manager);
        out.flush();
    }

    static RunOrder read(DataInputStream in) throws IOException {
        var id = new RunId(text(in));
        var owner = new OwnerKey(text(in));
        int attempt = in.readInt();
        var by = text(in);
        var updates = text(in);
        var site = new Site(Path.of(text(in)), new BranchName(text(in)));
        var base = new BranchName(text(in));
        var taskPath = text(in);
        var program = program(in);
        var limits = new Limits(Duration.ofMillis(in.readLong()), Duration.ofMillis(in.readLong()), in.readLong(),
                texts(in).stream().map(UsageLimitPattern::new).toList(), Duration.ofMillis(in.readLong()));
        return new RunOrder(id, owner, attempt, by, updates, site, base, taskPath, program, limits, map(in));
    }

    private static Program program(DataInputStream in) throws IOException {
        var command = texts(in);
        var input = text(in);
        var prompt = text(in);
        var prepare = new ArrayList<List<String>>();
        for (int i = in.readInt(); i > 0; i--) {
            prepare.add(texts(in));
        }
        return new Program(command, input, prompt, prepare, map(in));
    }

    private static void map(DataOutputStream out, Map<String, String> map) throws IOException {
        texts(out, new ArrayList<>(map.keySet()));
        texts(out, new ArrayList<>(map.values()));
    }

    private static Map<String, String> map(DataInputStream in) throws IOException {
        var names = texts(in);
        var values = texts(in);
        var map = new TreeMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.add(text(in));
        }
        return List.copyOf(texts);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        var bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Shows no token and no prompt. */
    @Override
    public String toString() {
        return "run " + id + " of " + site.branch();
    }
}
