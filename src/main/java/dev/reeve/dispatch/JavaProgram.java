package dev.reeve.dispatch;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How this very program is started again for another purpose: the same Java, the same class path.
 *
 * @param options of the JVM
 */
public record JavaProgram(Path java, String classPath, List<String> options) {

    /** It ends soon, or sleeps: the quick compiler, and no statistics for other processes. */
    private static final List<String> USUAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData", "-Xlog:disable", "--enable-native-access=ALL-UNNAMED");

    /** There may be twenty: the smallest heap, few threads. The ahead-of-time cache would make each larger by 8 MB, as what is mapped of it counts too. */
    private static final List<String> SMALL = List.of("-Xms4m", "-Xmx48m", "-Xss512k", "-XX:ReservedCodeCacheSize=16m",
            "-XX:CICompilerCount=1", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10",
            // Nobody reads its log, and setting one up takes longer than all else that it does before the worker runs.
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider", "-Dslf4j.internal.verbosity=ERROR");

    /** As a runner. */
    public static JavaProgram ofRunner() {
        var options = new ArrayList<>(USUAL);
        options.addAll(SMALL);
        return of(options);
    }

    /** As a command. */
    public static JavaProgram ofCommand() {
        return of(USUAL);
    }

    private static JavaProgram of(List<String> options) {
        return new JavaProgram(Path.of(System.getProperty("java.home"), "bin", "java"),
                absolute(System.getProperty("java.class.path")), options);
    }

    /** It is started in other folders. */
    private static String absolute(String classPath) {
        var parts = new ArrayList<String>();
        for (var part : classPath.split(File.pathSeparator, -1)) {
            if (!part.isEmpty()) {
                parts.add(Path.of(part).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, parts);
    }

    /** The command that runs a class of this program. */
    public List<String> command(String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }

    /** The environment of a runner: what its worker gets, and what keeps the JVM small. */
    static Map<String, String> variables(Map<String, String> ofWorker) {
        var variables = new TreeMap<>(ofWorker);
        variables.putIfAbsent("MALLOC_ARENA_MAX", "1");
        return variables;
    }
}
