package dev.reeve.model;

/** Whether a signal asks for a person. */
public enum Severity {
    /** Good to know; nobody needs to act. */
    INFO,
    /** A person should look. */
    ATTENTION
}
