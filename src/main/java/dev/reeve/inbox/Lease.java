package dev.reeve.inbox;

/**
 * The right to change the work of a key, until a newer lease of it is handed out. No two leases are ever equal.
 *
 * @param work the row of the work
 * @param number counts the leases of that row
 */
record Lease(long work, long number) {}
