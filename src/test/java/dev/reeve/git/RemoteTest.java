package dev.reeve.git;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteTest {

    @ParameterizedTest
    @CsvSource({"https://github.com/acme/shop, github.com acme/shop",
            "https://github.com/acme/shop.git/, github.com acme/shop",
            "https://x-access-token:secret@github.com/acme/shop.git, github.com acme/shop",
            "HTTP://GitHub.Example.com:8443/Acme/Shop.git, github.example.com Acme/Shop",
            "ssh://git@github.example.com:2222/acme/shop.git, github.example.com acme/shop",
            "git@github.com:acme/shop.git, github.com acme/shop", "github.com:/acme/my.shop, github.com acme/my.shop",
            "git://github.com/acme/shop, github.com acme/shop"})
    void everyFormOfUrlNamesHostAndRepository(String url, String expected) {
        assertThat(Remote.parse(url)).map(remote -> remote.host() + " " + remote.repository()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/srv/git/acme.git", "file:///srv/git/acme/shop.git", "../acme/shop",
            "https://github.com/acme", "https://github.com/a/b/c", "git@github.com:acme/..",
            "https://github.com/../etc",
            "git@github.com:acme/sh op", "ext::sh -c id", "https://github.com/acme/shop\n", "C:\\acme\\shop"})
    void whatLeadsNowhereOnGitHubIsNoRemote(String url) {
        assertThat(Remote.parse(url)).isEmpty();
    }
}
