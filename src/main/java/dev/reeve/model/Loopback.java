package dev.reeve.model;

import java.net.URI;

/**
 * Tells addresses that lead to this machine and to no other, by their words: no name is looked up, since somebody else's DNS may lead here. A name that only
 * begins like one of them, {@code 127.evil.example}, is none.
 */
public final class Loopback {

    private Loopback() {}

    /**
     * Whether the host is this machine.
     *
     * @param host a name or address without its port, an IPv6 address with or without brackets
     */
    public static boolean is(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Whether the address names this machine, so that nobody reaches it from elsewhere. */
    public static boolean is(URI address) {
        return address.getHost() != null && is(address.getHost());
    }
}
