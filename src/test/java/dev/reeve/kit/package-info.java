/**
 * What the tests stand on: real git repositories and a git server ({@link dev.reeve.kit.GitRepositories}, {@link dev.reeve.kit.GitHttpServer}), and a
 * GitHub with state behind WireMock ({@link dev.reeve.kit.FakeGitHub}). Nothing here replaces a part of the product.
 */
@NullMarked
package dev.reeve.kit;

import org.jspecify.annotations.NullMarked;
