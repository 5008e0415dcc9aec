package dev.reeve.github;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Requests for one repository, with a token that is renewed once when GitHub doesn't accept it, and within the rate
 * limit.
 *
 * <p><b>Threading</b>: any thread.
 */
final class ApiCalls {

    private static final int MOST_PAGES = 30;

    private final Transport transport;
    private final Access access;

    ApiCalls(Transport transport, Access access) {
        this.transport = transport;
        this.access = access;
    }

    /** What GitHub answered. */
    Fields call(ApiRequest request) {
        var credentials = access.credentials();
        var answer = send(request, credentials);
        if (answer.status() == 401 && access.renewable(credentials)) {
            credentials = access.credentials();
            answer = send(request, credentials);
        }
        return credentials.limit().judge(request, answer).fields(request);
    }

    /**
     * Elements of a list of GitHub's, page by page, until there are enough or no more, at most 30 pages: GitHub
     * lists no more of anything, and a server that never ends isn't followed for ever.
     *
     * @param page the request for a page, counted from 1
     * @param elements what is taken of a page, any number
     */
    <T> List<T> upTo(int limit, int perPage, Function<Integer, ApiRequest> page, Function<Fields, Stream<T>> elements) {
        var all = new ArrayList<T>();
        for (int number = 1; all.size() < limit && number <= MOST_PAGES; number++) {
            var answer = call(page.apply(number));
            elements.apply(answer).limit(limit - all.size()).forEach(all::add);
            if (answer.node().size() < perPage) {
                break;
            }
        }
        return List.copyOf(all);
    }

    Access access() {
        return access;
    }

    private ApiAnswer send(ApiRequest request, Credentials credentials) {
        credentials.limit().check();
        return transport.send(request, credentials.header());
    }
}
