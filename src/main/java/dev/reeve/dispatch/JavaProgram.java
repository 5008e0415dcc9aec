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

    /** Named by the launcher: the ahead-of-time cache that belongs to the class path. */
    private static final String CACHE = "reeve.cache";

    /** A runner sleeps most of the time and there may be twenty: the smallest heap, one compiler, few threads. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData",
            "-Xms4m", "-Xmx48m", "-Xss512k", "-XX:ReservedCodeCacheSize=16m", "-XX:CICompilerCount=1",
            "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-Xshare:auto", "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED");

    /** The one that runs now. */
    public static JavaProgram own() {
        var options = new ArrayList<>(SMALL);
        var cache = System.getProperty(CACHE);
        if (cache != null) {
            options.add("-XX:AOTCache=" + cache);
            options.add("-D" + CACHE + "=" + cache);
        }
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

    /** What the JVM itself needs of the environment. */
    static Map<String, String> variables(Map<String, String> ours) {
        var variables = new TreeMap<String, String>();
        ours.forEach((name, value) -> {
            if (name.startsWith("LC_") || name.equals("LANG") || name.equals("MALLOC_ARENA_MAX")) {
                variables.put(name, value);
            }
        });
        variables.putIfAbsent("MALLOC_ARENA_MAX", "1");
        return variables;
    }
}
