package dev.reeve.decide;

/** Why a run is to be started. */
public enum Start {
    /** Because the task is ready: everything that speaks against it counts. */
    READY,
    /** Because an operator wants it whatever speaks against it; only what would do harm counts. */
    FORCED,
    /** To go on where an earlier run ended: only what would do harm counts. */
    CONTINUED,
    /** To tell its worker what waits to be told; nothing is started when nothing waits. */
    FOLLOW_UP
}
