package dev.reeve.github;

/**
 * Requests for one repository, with a token that is renewed once when GitHub doesn't accept it, and within the rate
 * limit.
 *
 * <p><b>Threading</b>: any thread.
 */
final class ApiCalls implements Exchange {

    private final Transport transport;
    private final Access access;
    private final Urgency urgency;

    ApiCalls(Transport transport, Access access) {
        this(transport, access, Urgency.ORDINARY);
    }

    private ApiCalls(Transport transport, Access access, Urgency urgency) {
        this.transport = transport;
        this.access = access;
        this.urgency = urgency;
    }

    /** The same, for requests that may use up what is left of a limit. */
    ApiCalls urgent() {
        return new ApiCalls(transport, access, Urgency.URGENT);
    }

    @Override
    public ApiAnswer exchange(ApiRequest request) {
        var credentials = access.credentials();
        var answer = send(request, credentials);
        if (answer.status() == 401 && access.renewable(credentials)) {
            credentials = access.credentials();
            answer = send(request, credentials);
        }
        return credentials.limit().judge(request, answer);
    }

    /** Asks by way of the library. */
    <T> T ask(Question question, Conversation.Talk<T> talk) {
        return Conversation.about(question, transport.endpoint(), this, talk);
    }

    Access access() {
        return access;
    }

    private ApiAnswer send(ApiRequest request, Credentials credentials) {
        return credentials.limit()
                .inTurn(request, urgency, admission -> transport.send(request, credentials.header(), admission));
    }
}
