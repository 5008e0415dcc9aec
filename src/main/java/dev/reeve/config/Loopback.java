package dev.reeve.config;

/** Tells addresses that only this machine reaches, by their words: no name is looked up. */
final class Loopback {

    private Loopback() {}

    static boolean is(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
