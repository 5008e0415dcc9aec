package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whole lists, page by page, for what the client library doesn't ask for. Only whether there is a next page is believed, not where.
 *
 * @param path below the API's address, without a query
 */
record Pages(ApiCalls calls, String path, Permission needs) {

    private static final int PER_PAGE = 100;
    private static final int MOST = 10;

    /**
     * The elements of all pages.
     *
     * @param elements finds them in a page
     * @throws GitHubFailure also when there are more than a thousand
     */
    List<Fields> all(Function<Fields, Stream<Fields>> elements) {
        var all = new ArrayList<Fields>();
        for (int number = 1; number <= MOST; number++) {
            var page = page(number);
            elements.apply(page.fields()).forEach(all::add);
            if (page.isLast()) {
                return List.copyOf(all);
            }
        }
        throw GitHubFailure.malformed(request(MOST), "longer than " + MOST * PER_PAGE + " elements");
    }

    private record Page(Fields fields, boolean isLast) {}

    private ApiRequest request(int number) {
        return new ApiRequest(Method.GET, path + "?per_page=" + PER_PAGE + "&page=" + number, null, needs,
                Repeat.HARMLESS);
    }

    private Page page(int number) {
        var request = request(number);
        var answer = calls.exchange(request);
        return new Page(answer.fields(request), !answer.hasNextPage());
    }
}
