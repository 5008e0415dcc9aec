package dev.reeve.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine is called. */
public final class Host {

    private static final Path OF_LINUX = Path.of("/proc/sys/kernel/hostname");

    private Host() {}

    /** Its name. Where the kernel tells it, no name server is asked, which could take seconds. */
    public static String name() {
        try {
            return Files.readString(OF_LINUX).strip();
        } catch (IOException e) {
            return resolved();
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
