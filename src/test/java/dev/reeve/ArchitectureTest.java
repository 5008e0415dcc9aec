package dev.reeve;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Holds the direction in which packages may import each other, and what only some of them may touch. */
class ArchitectureTest {

    /** Which packages of ours each package may import: the table of {@code docs/architecture.md}. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("durable", Set.of()),
            Map.entry("taskfile", Set.of("model")),
            Map.entry("decide", Set.of("model")),
            Map.entry("config", Set.of("model")),
            Map.entry("prompt", Set.of("model")),
            Map.entry("git", Set.of("model")),
            Map.entry("github", Set.of("model")),
            Map.entry("inbox", Set.of("model")),
            Map.entry("store", Set.of("model", "durable")),
            Map.entry("setup", Set.of("model", "durable", "config", "git")),
            Map.entry("doctor", Set.of("model", "durable", "config", "store", "git", "github", "setup")),
            Map.entry("intake", Set.of("model", "inbox")),
            Map.entry("web", Set.of("model", "store", "inbox", "intake", "api")),
            Map.entry("recovery", Set.of("model", "github", "inbox", "intake")),
            Map.entry("api", Set.of("model", "taskfile", "inbox", "intake", "reconcile", "work")),
            Map.entry("reconcile",
                    Set.of("model", "durable", "taskfile", "decide", "config", "store", "git", "github")),
            Map.entry("work", Set.of("model", "decide", "config", "git", "github", "inbox", "reconcile")),
            Map.entry("agent",
                    Set.of("model", "taskfile", "decide", "store", "git", "github", "reconcile")),
            Map.entry("dispatch",
                    Set.of("model", "durable", "taskfile", "decide", "config", "store", "git", "prompt")),
            Map.entry("app",
                    Set.of("dispatch", "model", "taskfile", "decide", "durable", "config", "store", "git", "github",
                            "inbox",
                            "intake", "api", "web", "recovery", "reconcile", "work", "agent", "setup", "doctor",
                            "prompt")),
            Map.entry("demo", Set.of("model", "config", "app")),
            Map.entry("cli",
                    Set.of("model", "durable", "taskfile", "decide", "config", "store", "git", "reconcile", "agent",
                            "setup", "dispatch", "doctor", "app", "demo")));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.reeve");

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageImportsOnlyWhatTheTableAllows(String name) {
        var allowed = Stream.concat(Stream.of(name), MAY_IMPORT.getOrDefault(name, Set.of()).stream())
                .map(ArchitectureTest::ours)
                .toArray(String[]::new);
        holds(classes().that()
                .resideInAPackage(ours(name))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.reeve..").or(resideInAnyPackage(allowed))));
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(OURS).extracting(c -> c.getPackageName().replaceFirst("^dev\\.reeve\\.?([a-z]*).*", "$1"))
                .isNotEmpty()
                .isSubsetOf(MAY_IMPORT.keySet());
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("dev.reeve.(*)..").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(OURS.getPackage("dev.reeve").getSubpackagesInTree()).isNotEmpty()
                .filteredOn(p -> !p.getClasses().isEmpty())
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }

    @Test
    void nothingIsCalledByANameThatSaysNothing() {
        var empty = "(?:.*[a-z0-9])?(?:Utils?|Common|Impl|Helpers?|Managers?|Services?)(?![a-z]).*";
        assertThat(OURS).extracting(JavaClass::getSimpleName).noneMatch(n -> n.matches(empty));
        assertThat(OURS.getPackage("dev.reeve").getSubpackagesInTree()).extracting(JavaPackage::getRelativeName)
                .doesNotContain("util", "utils", "common", "impl", "helper", "helpers", "manager", "service",
                        "services");
    }

    /** What may be judged with: values. What it never sees: a file, a client, a clock, a process, chance. */
    @ParameterizedTest
    @CsvSource({"decide", "model"})
    void whatJudgesKnowsOnlyValues(String name) {
        holds(noClasses().that()
                .resideInAPackage(ours(name))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..",
                                "java.sql..", "java.util.concurrent..", "java.util.random..")
                                .and(DescribedPredicate.not(name("java.nio.file.Path").or(name("java.net.URI"))))
                                .or(nameMatching("java\\.time\\.(Clock|InstantSource)(\\$.*)?"))
                                .or(nameMatching("java\\.util\\.(Random|Scanner|Timer).*"))
                                .or(nameMatching("java\\.lang\\.(Process|Thread|Runtime).*"))));
    }

    /** A library that a package adapts stays inside it, so that it can be exchanged there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.kohsuke.github..   | github
            io.jsonwebtoken..      | github
            io.javalin..           | web
            org.eclipse.jetty..    | web
            jakarta.servlet..      | web
            java.sql..             | inbox
            org.jdbi..             | inbox
            org.flywaydb..         | inbox
            com.zaxxer..           | inbox
            org.sqlite..           | inbox
            org.postgresql..       | inbox
            picocli..              | cli
            org.yaml..             | taskfile config
            com.google.re2j..      | config
            com.samskivert..       | prompt web
            java.net.http..        | github demo cli
            """)
    void aLibraryStaysInsideThePackageThatAdaptsIt(String library, String packages) {
        holds(noClasses().that(outside(packages.split(" "))).should().dependOnClassesThat(resideInAPackage(library)));
    }

    @Test
    void onlyWiringAsksTheClockForTheTime() {
        onlyIn(List.of("app"),
                calls("java\\.time\\..*", "now").and(takesNoClock())
                        .or(calls("java\\.time\\.(Clock|InstantSource)", "system.*|tick.*"))
                        .or(calls("java\\.lang\\.System", "currentTimeMillis"))
                        .or(calls("java\\.util\\.Date", "<init>")));
    }

    @Test
    void onlyWiringMakesChance() {
        onlyIn(List.of("app"),
                calls("java\\.util\\.(Random|SplittableRandom)|java\\.security\\.SecureRandom", "<init>|getInstance.*")
                        .or(calls("java\\.util\\.concurrent\\.ThreadLocalRandom", "current"))
                        .or(calls("java\\.util\\.random\\.RandomGenerator(Factory)?", "getDefault|of|create|all"))
                        .or(calls("java\\.lang\\.Math", "random"))
                        .or(calls("java\\.util\\.UUID", "randomUUID")));
    }

    @Test
    void onlyWiringMakesNamelessThreads() {
        onlyIn(List.of("app"), calls("java\\.lang\\.Thread", "<init>").or(calls("java\\.util\\.Timer", "<init>")));
    }

    @Test
    void fewPackagesStartThreads() {
        onlyIn(List.of("app", "inbox", "git", "web", "dispatch"),
                calls("java\\.lang\\.Thread", "of.*|startVirtualThread")
                        .or(calls("java\\.util\\.concurrent\\.Executors",
                                "new.*")));
    }

    @Test
    void onlyTheEdgeReadsTheEnvironment() {
        onlyIn(List.of("app", "cli"), calls("java\\.lang\\.System", "getenv"));
    }

    @Test
    void onlyCommandsPrintAndExit() {
        onlyIn(List.of("cli"),
                calls("java\\.lang\\.System", "exit|out|err|in|console").or(calls("java\\.lang\\.Runtime", "exit|halt"))
                        .or(calls(".*", "printStackTrace")));
    }

    @Test
    void onlyGitAndWiringStartProcesses() {
        onlyIn(List.of("app", "git", "demo", "dispatch"),
                calls("java\\.lang\\.ProcessBuilder", ".*").or(calls("java\\.lang\\.Runtime", "exec")));
    }

    @Test
    void logsGoThroughOneInterface() {
        holds(noClasses().should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..")));
    }

    private static void onlyIn(List<String> packages, DescribedPredicate<JavaAccess<?>> access) {
        holds(noClasses().that(outside(packages.toArray(String[]::new))).should().accessTargetWhere(access));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String owner, String member) {
        return target(owner(nameMatching(owner))).and(target(nameMatching(member))).forSubtype();
    }

    private static DescribedPredicate<JavaAccess<?>> takesNoClock() {
        return DescribedPredicate.describe("takes no clock",
                access -> !access.getTarget().getFullName().contains("java.time.Clock"));
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        var inside = Stream.of(packages).map(ArchitectureTest::ours).toArray(String[]::new);
        return DescribedPredicate.not(resideInAnyPackage(inside));
    }

    private static String ours(String name) {
        return "dev.reeve." + name + "..";
    }

    /** A package that is still empty breaks no rule. */
    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }
}
