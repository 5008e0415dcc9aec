package dev.reeve.github;

/** A way to GitHub with credentials of its own: it renews them, keeps to limits, and judges what comes back. */
interface Exchange {

    /**
     * The answer to a request, which is a success.
     *
     * @throws GitHubFailure when it is anything else
     */
    ApiAnswer exchange(ApiRequest request);
}
