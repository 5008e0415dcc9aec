/**
 * What an operator may set: the team's {@code .reeve.yml}, the server's and the agent's own settings.
 *
 * <p>Later beats earlier: built-in default, file, environment, flag. Reading is strict and patient at once: an unknown key, a wrong
 * type or a value out of range is a fault with its place and the name to set, and all faults are told together. A configuration
 * record exists only when there was none. Every key is declared once, as a {@link dev.reeve.config.Setting}, with its variable, flag,
 * default and meaning; reading, {@code config check} and the reference in the documentation all follow from that.
 *
 * <p>Secrets are {@link dev.reeve.model.Secret}s from the moment they are read, and are never part of a message. Files are
 * hostile: bounded in size and depth, without aliases or tags, and no value is ever constructed from YAML's types: scalars are read as
 * their text. Called by {@code cli} and {@code app}, which pass environment, flags and folders in.
 */
@NullMarked
package dev.reeve.config;

import org.jspecify.annotations.NullMarked;
