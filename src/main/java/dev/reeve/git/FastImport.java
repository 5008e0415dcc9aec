package dev.reeve.git;

import java.io.ByteArrayOutputStream;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The input of {@code git fast-import} that makes commits, one on top of the other, without a working tree and without
 * leaving a ref; it prints their names. The format is git-fast-import(1)'s.
 */
final class FastImport {

    /** Fast-import can only build commits on a ref; this one is deleted within the same run, before it is ever written. */
    private static final String REF = "refs/reeve/being-made";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private FastImport() {}

    /** @param parent the commit that the first one is made on */
    static byte[] of(String parent, List<CommitSpec> commits) {
        var stream = new FastImport();
        stream.line("feature done");
        var from = parent;
        for (int mark = 1; mark <= commits.size(); mark++) {
            stream.commit(commits.get(mark - 1), mark, from);
            from = ":" + mark;
        }
        stream.line("reset " + REF);
        stream.line("from " + "0".repeat(parent.length()));
        stream.line("");
        stream.line("done");
        return stream.out.toByteArray();
    }

    private void commit(CommitSpec commit, int mark, String from) {
        line("commit " + REF);
        line("mark :" + mark);
        line("author " + person(commit.author(), commit));
        line("committer " + person(commit.committer(), commit));
        data(commit.fullMessage().getBytes(UTF_8));
        line("from " + from);
        for (var change : commit.changes()) {
            line("M " + change.mode().octal() + " inline " + quoted(change.path().value()));
            data(change.content());
        }
        line("get-mark :" + mark);
    }

    private static String person(Identity who, CommitSpec commit) {
        return who.name() + " <" + who.email() + "> " + Math.max(0, commit.at().getEpochSecond()) + " +0000";
    }

    /** A path in C's quotes; a {@code TaskPath} has no control characters and no backslash. */
    private static String quoted(String path) {
        return '"' + path.replace("\"", "\\\"") + '"';
    }

    private void data(byte[] bytes) {
        line("data " + bytes.length);
        out.writeBytes(bytes);
        line("");
    }

    private void line(String text) {
        out.writeBytes((text + "\n").getBytes(UTF_8));
    }
}
