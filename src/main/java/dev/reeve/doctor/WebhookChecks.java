package dev.reeve.doctor;

import dev.reeve.config.ServerConfiguration.Listen;
import dev.reeve.github.AppInquiry.Webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Where GitHub delivers to, and how. */
record WebhookChecks(Listen listen) {

    private static final String CHECK = "webhook";
    private static final String PATH = "/webhooks/github";

    List<Finding> findings(Webhook hook) {
        var findings = new ArrayList<Finding>();
        findings.add(address(hook));
        findings.add(hook.hasSecret() ? Finding.ok(CHECK, "deliveries are signed")
                : Finding.error(CHECK, "it has no secret, so all deliveries are refused",
                        "set the configured secret in the App's settings"));
        hook.contentType()
                .filter(type -> !List.of("json", "form").contains(type))
                .ifPresent(type -> findings.add(Finding.error(CHECK, "its content type is " + type,
                        "set it to application/json in the App's settings")));
        if (!hook.verifiesTls()
                && hook.url().map(URI::create).map(URI::getScheme).filter("https"::equals).isPresent()) {
            findings.add(Finding.warning(CHECK, "GitHub doesn't verify this server's certificate",
                    "enable SSL verification in the App's settings"));
        }
        return findings;
    }

    private Finding address(Webhook hook) {
        var expected = listen.publicUrl().map(url -> url + PATH);
        if (hook.url().isEmpty()) {
            return Finding.error(CHECK, "the App has none, so nothing is delivered",
                    "set it in the App's settings: the server's address with " + PATH
                            + " behind it, active, with the configured secret");
        }
        var url = hook.url().get();
        if (expected.isPresent() && !expected.get().equals(url)) {
            return Finding.error(CHECK, "GitHub delivers to " + url + ", and this server is at " + expected.get(),
                    "correct the one in the App's settings, or REEVE_PUBLIC_URL");
        }
        return url.endsWith(PATH) ? Finding.ok(CHECK, "GitHub delivers to " + url)
                : Finding.error(CHECK, "GitHub delivers to " + url + ", which is no address of Reeve's",
                        "let it end in " + PATH + " in the App's settings");
    }
}
