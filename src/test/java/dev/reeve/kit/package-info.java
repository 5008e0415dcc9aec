/**
 * What tests are built with: real parts where they can be had, and stand-ins with state, over the wire, for the rest.
 *
 * <p>{@link dev.reeve.kit.FakeGitHub} is GitHub's API as Reeve uses it. It judges requests as GitHub would, keeps
 * what it is told, and shows it to tests; its repositories are real bare git repositories. Only tests call it.
 */
@NullMarked
package dev.reeve.kit;

import org.jspecify.annotations.NullMarked;
