package dev.reeve.github;

import dev.reeve.model.RepositoryName;

import java.time.InstantSource;

/**
 * GitHub, as the App that Reeve is there. One for a process: tokens, limits and known answers are shared by all
 * clients that it hands out.
 *
 * <p><b>Threading</b>: any thread.
 */
public final class GitHubApp implements AutoCloseable {

    private final Transport transport;
    private final AppCalls calls;
    private final InstallationTokens tokens;
    private final Installations installations;
    private final DeliveryLog deliveries;
    private final InstantSource clock;

    /** One that remembers limits as long as it lives. */
    public GitHubApp(Endpoint endpoint, AppIdentity identity, InstantSource clock) {
        this(endpoint, identity, clock, LimitStore.NONE);
    }

    /**
     * Nothing is asked yet.
     *
     * @param limits where it is kept until when GitHub wants to be asked nothing
     */
    public GitHubApp(Endpoint endpoint, AppIdentity identity, InstantSource clock, LimitStore limits) {
        this.transport = new Transport(endpoint);
        this.calls = new AppCalls(transport, identity, clock, new RateLimit(clock, LimitStore.APP, limits));
        this.tokens = new InstallationTokens(calls, clock, limits);
        this.installations = new Installations(transport, calls, clock, tokens::limit);
        this.deliveries = new DeliveryLog(calls);
        this.clock = clock;
    }

    /** The client of one repository; that the App is installed there shows with its first request. */
    public RepositoryClient repository(RepositoryName name) {
        return new RepositoryClient(name, new ApiCalls(transport, tokens.of(name)),
                new ApiCalls(transport, tokens.of(name, Permission.PULL_REQUESTS_WRITE)), clock);
    }

    /** Where the App is installed. */
    public Installations installations() {
        return installations;
    }

    /** What GitHub delivered to the App's webhook. */
    public DeliveryLog deliveries() {
        return deliveries;
    }

    /** What GitHub has on record about the App. */
    public AppInquiry inquiry() {
        return new AppInquiry(transport, calls);
    }

    /** From now on the App signs in with these keys. Tokens that it was given stay good, so nothing is interrupted. */
    public void replace(AppIdentity identity) {
        calls.replace(identity);
    }

    /** How many requests GitHub has answered that were signed with the key of this fingerprint. */
    public long accepted(String fingerprint) {
        return calls.accepted(fingerprint);
    }

    /** Ends connections; calls that are under way fail as unavailable. */
    @Override
    public void close() {
        transport.close();
    }
}
