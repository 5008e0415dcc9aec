package dev.reeve.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that starts one task after the other, each as soon as a test says so, and prints how it went. */
final class DispatchRacer {

    private DispatchRacer() {}

    static Path gate(Path folder, int round) {
        return folder.resolve("start-" + round);
    }

    static String slug(int round) {
        return "race-" + round;
    }

    /** Arguments: the folder of the gates, and how many rounds there are. */
    public static void main(String[] args) {
        var silent = new PrintWriter(Writer.nullWriter());
        var console = new Console(System.getenv(), Path.of("").toAbsolutePath(), silent, silent, Console.Screen.OTHER);
        System.out.println("ready");
        for (int round = 0; round < Integer.parseInt(args[1]); round++) {
            while (Files.notExists(gate(Path.of(args[0]), round))) {
                Thread.onSpinWait();
            }
            System.out.println("exit " + Main.run(List.of("dispatch", slug(round), "--force"), console));
        }
    }
}
