package dev.reeve.github;

/** Which part of a rate limit a request may use up. */
enum Urgency {
    /** All but the last of it. */
    ORDINARY,
    /** The last of it as well: what tells people of a pull request, among it that something waits for the limit. */
    URGENT
}
