/**
 * Looks whether everything that Reeve needs is there and right, and says what to do where it isn't: what {@code reeve doctor} prints.
 *
 * <p>Each check is a function of its own and answers with {@link dev.reeve.doctor.Finding}s. One that fails is a finding itself and stops no other. Nothing is
 * changed, no lock is taken, and no secret is part of a finding. What GitHub says to an operator's token comes through {@link dev.reeve.doctor.GitHubLook}, which {@code app}
 * implements; what it says to the App through {@link dev.reeve.github.AppInquiry}. Called by {@code cli}.
 */
@NullMarked
package dev.reeve.doctor;

import org.jspecify.annotations.NullMarked;
