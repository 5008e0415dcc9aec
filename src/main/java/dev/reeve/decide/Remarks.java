package dev.reeve.decide;

import dev.reeve.decide.CheckFacts.Remark;
import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.CheckReport.Level;
import dev.reeve.model.Fault;
import dev.reeve.model.TaskPath;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static dev.reeve.decide.Markdown.code;
import static dev.reeve.decide.Markdown.literal;

/** What is wrong in files of a pull request: as a list in the text, and as annotations at the lines. */
final class Remarks {

    private static final int LISTED = 100;
    private static final int LONGEST = 500;

    private Remarks() {}

    /** @param whole where those can be seen that are too many */
    static String listed(List<Remark> remarks, String whole) {
        return bounded(remarks.stream()
                .map(remark -> "- " + code(remark.place().toString()) + ": " + literal(remark.message(), LONGEST))
                .toList(), LISTED, whole);
    }

    static String listedFaults(List<Fault> faults, String whole) {
        return listed(faults.stream().map(fault -> new Remark(fault.place(), fault.message())).toList(), whole);
    }

    /** The first lines, and how many more there are, where. */
    static String bounded(List<String> lines, int most, String whole) {
        var more = lines.size() > most ? Stream.of("- … and %d more: %s".formatted(lines.size() - most, whole))
                : Stream.<String>empty();
        return Stream.concat(lines.stream().limit(most), more).collect(Collectors.joining("\n"));
    }

    static List<Annotation> annotations(List<Remark> remarks, Level level) {
        return remarks.stream()
                .flatMap(remark -> TaskPath.parse(remark.place().file())
                        .map(path -> new Annotation(path, remark.place().line(), level, "configuration",
                                remark.message()))
                        .stream())
                .toList();
    }

    static List<Annotation> annotationsOf(List<Fault> faults, Level level) {
        return faults.stream()
                .map(fault -> new Annotation(new TaskPath(fault.place().file()), fault.place().line(), level,
                        fault.kind().id(), fault.message()))
                .toList();
    }
}
