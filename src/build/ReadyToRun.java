import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The last step of packaging: makes commands start fast. {@code java ReadyToRun.java TARGET TRAINING}, where TARGET holds
 * {@code reeve.jar} and {@code lib/}, and TRAINING a small world with the commands that are practised in it.
 *
 * <p>First picocli's class files are rewritten: they have the format of Java 5, which a JVM's ahead-of-time cache leaves out.
 * Then the commands run once and the JVM writes the cache {@code reeve-SUM-SIZE.aot}, named after the jar's {@code cksum}: JDK 25.0.3
 * and older run the <em>old</em> classes from a cache beside a changed jar (JDK-8377932), so the launcher must be able to tell.
 * The libraries need no sum of their own, since the jar's manifest names them with their versions.
 */
final class ReadyToRun {

    /** The first class file format that a cache takes in (Java 6); from Java 8 on it needs no old verifier. */
    private static final int JAVA_8 = 52;

    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED");

    private ReadyToRun() {}

    public static void main(String[] args) throws Exception {
        var target = Path.of(args[0]).toRealPath();
        var training = Path.of(args[1]).toRealPath();
        try (var libraries = Files.newDirectoryStream(target.resolve("lib"), "picocli-*.jar")) {
            for (var library : libraries) {
                modernise(library);
            }
        }
        var cache = target.resolve("reeve-" + sum(target.resolve("reeve.jar")) + ".aot");
        if (!Files.exists(cache)) {
            train(target, training, cache);
        }
    }

    // ---- class files

    private static void modernise(Path jar) throws IOException {
        var fresh = jar.resolveSibling(jar.getFileName() + ".fresh");
        try (var in = new ZipFile(jar.toFile())) {
            var old = in.stream().filter(e -> isOldClass(in, e)).toList();
            if (old.isEmpty()) {
                return;
            }
            write(in, jar, fresh);
        }
        Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isOldClass(ZipFile jar, ZipEntry entry) {
        return entry.getName().endsWith(".class") && version(bytes(jar, entry)) < JAVA_8;
    }

    private static int version(byte[] classFile) {
        return (classFile[6] & 0xff) << 8 | classFile[7] & 0xff;
    }

    private static void write(ZipFile in, Path jar, Path fresh) throws IOException {
        try (var loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            var rewriter = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (var entry : in.stream().toList()) {
                var copy = new ZipEntry(entry.getName());
                // The original's time: the same library gives the same bytes.
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                var bytes = bytes(in, entry);
                out.write(isOldClass(in, entry) ? rewritten(rewriter, bytes, entry.getName()) : bytes);
            }
        }
    }

    private static byte[] rewritten(ClassFile rewriter, byte[] bytes, String name) {
        var fresh = rewriter.transformClass(rewriter.parse(bytes), (builder, element) -> {
            switch (element) {
                case ClassFileVersion _ -> builder.withVersion(JAVA_8, 0);
                // Code that is passed on as a whole is copied as it is, without the stack maps that it needs from now on.
                case MethodModel method ->
                    builder.transformMethod(method, MethodTransform.transformingCode((b, e) -> b.with(e)));
                default -> builder.with(element);
            }
        });
        var faults = rewriter.verify(fresh);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(name + " doesn't verify after rewriting: " + faults);
        }
        return fresh;
    }

    private static byte[] bytes(ZipFile jar, ZipEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- the cache

    /** A build without a cache is a good build whose commands start slower: what fails here is told, no more. */
    private static void train(Path target, Path training, Path cache) throws Exception {
        try (var stale = Files.newDirectoryStream(target, "reeve-*.aot*")) {
            for (var file : stale) {
                Files.delete(file);
            }
        }
        var world = Files.createTempDirectory("reeve-training");
        try {
            copy(training, world);
            run(world, "git", "init", "-q", "-b", "main");
            run(world, "git", "add", "tasks", ".reeve.yml");
            run(world, "git", "-c", "user.name=Reeve", "-c", "user.email=reeve@localhost", "commit", "-q", "-m",
                    "tasks");
            // Only what has been at rest for two seconds is remembered of task files, and taking it up again is to be practised too.
            Thread.sleep(2_200);
            var fresh = cache.resolveSibling(cache.getFileName() + ".fresh");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            command.addAll(FLAGS);
            command.addAll(List.of("-XX:AOTCacheOutput=" + fresh, "-Xlog:disable", "-cp",
                    target.resolve("reeve.jar").toString(),
                    "dev.reeve.cli.Training", world.resolve("commands.txt").toString(), world.toString()));
            var said = run(world, command.toArray(String[]::new));
            if (Files.exists(fresh)) {
                Files.move(fresh, cache, StandardCopyOption.ATOMIC_MOVE);
            } else {
                System.out
                        .println("No ahead-of-time cache was made; commands will start slower. The JVM said:\n" + said);
            }
        } finally {
            delete(world);
        }
    }

    private static String run(Path directory, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        // No token, proxy or configuration of whoever builds: what is practised asks no one anything.
        builder.environment().keySet().retainAll(Set.of("PATH", "LANG", "LC_ALL"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return e.getMessage();
        }
        process.getOutputStream().close();
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        process.waitFor(2, TimeUnit.MINUTES);
        return said.toString();
    }

    /** What {@code cksum} says of the file, as the launcher asks: {@code SUM-SIZE}. */
    private static String sum(Path file) throws IOException {
        var process = new ProcessBuilder("cksum").redirectInput(file.toFile()).start();
        return new String(process.getInputStream().readAllBytes()).strip().replace(' ', '-');
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(f -> !f.equals(from)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
