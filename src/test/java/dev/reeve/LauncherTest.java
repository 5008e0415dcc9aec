package dev.reeve;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher in a world of its own: a folder that looks like an installation, Javas and a Maven that tell how they were called. */
class LauncherTest {

    private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path world;
    Path home;
    Path launcher;
    Path jvms;
    TreeMap<String, String> environment = new TreeMap<>();

    record Ran(int exit, List<String> out, String err) {}

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(world.resolve("a folder/with $(odd) *names*"));
        launcher = home.resolve("reeve");
        jvms = Files.createDirectories(world.resolve("jvms"));
        // The machine's own Javas are out of this world.
        executable(launcher, Files.readString(Path.of("reeve"))
                .replace("/usr/lib/jvm", jvms.toString())
                .replace("/usr/libexec/java_home", "/nowhere"));
        Files.createDirectories(home.resolve("target"));
        write(home.resolve("target/reeve.jar"), "jar");
        environment.put("HOME", Files.createDirectories(world.resolve("home")).toString());
        Files.createDirectories(world.resolve("bin"));
        environment.put("PATH", withoutJavaAndMaven());
    }

    @Test
    void startsTheJarWithTheArgumentsAsTheyAre() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        var ran = run(launcher, "task", "set", "fix login", "title=a  b\n*", "");
        assertThat(ran.out()).containsSubsequence("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "-Xlog:disable", "-jar", home.toRealPath() + "/target/reeve.jar",
                "task", "set", "fix login", "title=a  b", "*", "");
        assertThat(ran.exit()).isEqualTo(7);
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        var bin = Files.createDirectories(world.resolve("other bin"));
        Files.createSymbolicLink(bin.resolve("first"), launcher);
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
        assertThat(run(bin.resolve("second")).out()).contains(home.toRealPath() + "/target/reeve.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "run"})
    void whatStaysGetsTheFullCompilerAndABoundedHeap(String command) throws Exception {
        java("jvms/jdk-25", "25.0.3");
        assertThat(run(launcher, command).out()).doesNotContain("-XX:TieredStopAtLevel=1")
                .contains("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void operatorsOptionsComeLastSoThatTheyWin() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        environment.put("JAVA_OPTS", "-Xmx1g -Da=*");
        environment.put("REEVE_JAVA_OPTS", "-XX:+UseG1GC");
        assertThat(run(launcher, "serve").out())
                .containsSubsequence("-Xmx256m", "-Xmx1g", "-Da=*", "-XX:+UseG1GC", "-jar")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void takesTheCacheOfThisVeryJarAndNoOther() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        write(home.resolve("target/reeve-123-3.aot"), "another jar's");
        assertThat(run(launcher).out()).noneMatch(a -> a.startsWith("-XX:AOTCache"));
        var cache = home.resolve("target/reeve-" + sum(home.resolve("target/reeve.jar")) + ".aot");
        write(cache, "this jar's");
        assertThat(run(launcher).out()).contains("-XX:AOTCache=" + cache.toRealPath());
    }

    @Test
    void theNamedJavaIsTakenBeforeAllOthers() throws Exception {
        java("jvms/jdk-26", "26");
        java("other", "25.0.1");
        environment.put("JAVA_HOME", java("home of java", "27.0.1").toString());
        environment.put("REEVE_JAVA_HOME", world.resolve("other").toString());
        assertThat(run(launcher).out()).contains("java=other");
        environment.remove("REEVE_JAVA_HOME");
        assertThat(run(launcher).out()).contains("java=home of java");
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", java("old", "21.0.8").toString());
        java("jvms/a-17", "17.0.15");
        java("jvms/b-25", "25-ea");
        java("jvms/c-broken", "");
        assertThat(run(launcher).out()).contains("java=b-25");
    }

    @Test
    void aJavaOnThePathIsFoundBehindItsLinks() throws Exception {
        java("somewhere/jdk", "25");
        Files.createSymbolicLink(world.resolve("bin/java"), world.resolve("somewhere/jdk/bin/java"));
        assertThat(run(launcher).out()).contains("java=jdk");
    }

    @Test
    void aNamedJavaThatDoesNotDoIsAnErrorAndNotPassedOver() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        environment.put("REEVE_JAVA_HOME", java("old", "21").toString());
        var ran = run(launcher);
        assertThat(ran.err()).contains("REEVE_JAVA_HOME").contains("no Java 25 or newer");
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void withoutAnyJavaItSaysWhatToInstall() throws Exception {
        var ran = run(launcher, "--version");
        assertThat(ran.err()).contains("Java 25 or newer is needed").contains("Install a JDK 25");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void aCheckoutIsBuiltOnceAndAgainWhenItsSourcesChange() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        var source = checkout();
        maven("echo jar > target/reeve.jar");
        assertThat(run(launcher, "--version").err()).contains("building Reeve, once");
        assertThat(run(launcher, "--version").err()).isEmpty();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(launcher, "--version").err()).contains("building Reeve, once");
        assertThat(home.resolve("target/building")).doesNotExist();
    }

    @Test
    void whereNobodyCanWaitNothingIsBuiltAndAnOldJarWillDo() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        var source = checkout();
        maven("echo jar > target/reeve.jar");
        environment.put("REEVE_BUILD", "never");
        assertThat(run(launcher, "hooks", "run")).isEqualTo(new Ran(1, List.of(), ""));
        write(home.resolve("target/reeve.jar"), "jar");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        var ran = run(launcher, "hooks", "run");
        assertThat(ran.out()).containsSubsequence("-jar", "hooks", "run");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theProgramKnowsWhichLauncherStartedIt() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        var bin = Files.createDirectories(world.resolve("other bin"));
        Files.createSymbolicLink(bin.resolve("r"), launcher);
        assertThat(run(bin.resolve("r")).out()).contains("-Dreeve.launcher=" + home.toRealPath() + "/reeve");
    }

    @Test
    void aBuildThatFailsShowsWhyAndStartsNothing() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        checkout();
        maven("echo 'ERROR: cannot find symbol'; exit 1");
        var ran = run(launcher, "--version");
        assertThat(ran.err()).contains("cannot find symbol").contains("the build failed");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(home.resolve("target/building")).doesNotExist();
    }

    @Test
    void aBuildThatWasKilledLeavesNoLockBehind() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        checkout();
        maven("echo jar > target/reeve.jar");
        Files.createDirectories(home.resolve("target/building"));
        write(home.resolve("target/building/pid"), "999999999");
        var ran = run(launcher, "--version");
        assertThat(ran.out()).contains("--version");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        checkout();
        var ran = run(launcher, "--version");
        assertThat(ran.err()).contains("Maven 3.8.7 or newer");
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void aSignalReachesJavaBecauseTheLauncherBecomesIt() throws Exception {
        java("jvms/jdk-25", "25.0.3");
        executable(jvms.resolve("jdk-25/bin/java"), "#!/bin/sh\necho $$\nexec sleep 60\n");
        var process = start(launcher, "serve");
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo(Long.toString(process.pid()));
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A Java that prints which one it is and what it was given, a line each, and ends with 7. */
    private Path java(String where, String version) throws IOException {
        var folder = world.resolve(where);
        Files.createDirectories(folder.resolve("bin"));
        write(folder.resolve("release"),
                "IMPLEMENTOR=\"Someone\"\nJAVA_RUNTIME_VERSION=\"99\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(folder.resolve("bin/java"),
                "#!/bin/sh\necho 'java=" + folder.getFileName() + "'\nprintf '%s\\n' \"$@\"\nexit 7\n");
        return folder;
    }

    private void maven(String does) throws IOException {
        executable(world.resolve("bin/mvn"), "#!/bin/sh\n" + does + "\n");
    }

    /** Turns the installation into a source checkout that was never built; returns a source. */
    private Path checkout() throws IOException {
        Files.delete(home.resolve("target/reeve.jar"));
        write(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/build"));
        Files.createDirectories(home.resolve("src/main/java"));
        var source = home.resolve("src/main/java/Main.java");
        write(source, "class Main {}");
        for (var path : List.of(source, home.resolve("pom.xml"), home.resolve("src/main"),
                home.resolve("src/main/java"),
                home.resolve("src/build"))) {
            Files.setLastModifiedTime(path, FileTime.from(OLD));
        }
        return source;
    }

    /** A PATH that has what a shell script needs and neither a Java nor a Maven but those of this world. */
    private String withoutJavaAndMaven() throws IOException {
        var tools = Files.createDirectories(world.resolve("tools"));
        for (var tool : List.of("cksum", "readlink", "find", "mkdir", "rm", "mv", "cat", "sed", "sleep")) {
            var there = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" : "/bin/";
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + there + tool + " \"$@\"\n");
        }
        return world.resolve("bin") + ":" + tools;
    }

    private static String sum(Path file) throws IOException {
        var process = new ProcessBuilder("cksum").redirectInput(file.toFile()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().replace(' ', '-');
    }

    private Ran run(Path command, String... arguments) throws Exception {
        var process = start(command, arguments);
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out.isEmpty() ? List.of() : List.of(out.split("\n", -1)), err);
    }

    private Process start(Path command, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void executable(Path file, String text) throws IOException {
        // A file that is open for writing anywhere can't be executed, so it is renamed into place.
        var fresh = file.resolveSibling(file.getFileName() + ".fresh");
        Files.writeString(fresh, text);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
