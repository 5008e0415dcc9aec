/**
 * The commands that people and scripts type: arguments in, text or JSON out, an exit code.
 *
 * <p>A command gets everything from outside through its {@link dev.reeve.cli.Console}, so that it runs the same in a test. It prints data
 * on standard output, and what went wrong in one or two lines that say what to do on standard error; a stack trace only with
 * {@code --debug}. Exit codes are those of {@link dev.reeve.cli.Exit}. Text from outside is escaped before it is printed. To add a
 * command, add a line to {@link dev.reeve.cli.Commands}: only the command that is asked for is loaded, which keeps the start fast.
 */
@NullMarked
package dev.reeve.cli;

import org.jspecify.annotations.NullMarked;
