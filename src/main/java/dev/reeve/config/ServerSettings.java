package dev.reeve.config;

import dev.reeve.model.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the server can be told by flags, environment and its own file. */
final class ServerSettings {

    static final Setting<String> APP_ID = Setting
            .of("app_id", Forms.matching("[1-9][0-9]{0,17}", "an App's id, a number"),
                    "The GitHub App's id; not needed where the client id is set.")
            .variable("GITHUB_APP_ID");
    static final Setting<String> CLIENT_ID = Setting.of("app_client_id",
            Forms.matching("[A-Za-z0-9][A-Za-z0-9._-]{3,99}", "an App's client id such as Iv23liAbCdEf"),
            "The GitHub App's client id; goes before its id.").variable("GITHUB_APP_CLIENT_ID");
    static final Setting<Secret> PRIVATE_KEY = Setting.of("private_key", Forms.secret("a PEM text", ".+"),
            "The App's private key as GitHub hands it out (PKCS#1), or PKCS#8; several one below the other while keys are changed.")
            .variable("GITHUB_APP_PRIVATE_KEY")
            .secret();
    static final Setting<List<Path>> PRIVATE_KEY_FILE = Setting.of("private_key_file", Forms.listOf(Forms.path()),
            "The file that holds the App's private key; several separated by commas.")
            .variable("GITHUB_APP_PRIVATE_KEY_FILE");
    static final Setting<Secret> WEBHOOK_SECRET = Setting
            .of("webhook_secret", Forms.secret("a text", ".+"),
                    "The App's webhook secret; several separated by commas while it is changed.")
            .variable("GITHUB_WEBHOOK_SECRET")
            .secret();
    static final Setting<Path> WEBHOOK_SECRET_FILE = Setting.of("webhook_secret_file", Forms.path(),
            "The file that holds the webhook secret.").variable("GITHUB_WEBHOOK_SECRET_FILE");

    static final Setting<String> HOST = Setting.of("host",
            Forms.matching("[A-Za-z0-9.:_-]{1,253}|\\[[0-9A-Fa-f:.]+]", "a host's name or address"),
            "The address it listens on; `0.0.0.0` for all.").or("127.0.0.1").variable("REEVE_HOST").flag("--host");
    static final Setting<Integer> PORT = Setting.of("port", Forms.integer(0, 65_535),
            "The port it listens on; 0 for any that is free.").or("8080").variable("PORT").flag("--port");
    static final Setting<URI> PUBLIC_URL = Setting.of("public_url", Forms.url("https", "http"),
            "The address under which others reach it: what links say.")
            .variable("REEVE_PUBLIC_URL")
            .flag("--public-url");
    static final Setting<Secret> ADMIN_TOKEN = Setting.of("admin_token",
            Forms.secret("a text of 16 to 500 letters, digits and signs without spaces", "[\\x21-\\x7e]{16,500}"),
            "What operators present to pages and API; needed as soon as it listens beyond this machine.")
            .variable("REEVE_ADMIN_TOKEN")
            .secret();
    static final Setting<Path> ADMIN_TOKEN_FILE = Setting.of("admin_token_file", Forms.path(),
            "The file that holds the admin token.").variable("REEVE_ADMIN_TOKEN_FILE");

    static final Setting<Path> DATA_DIR = Setting.of("data_dir", Forms.path(),
            "The folder for inbox and clones; `$XDG_STATE_HOME/reeve` or `~/.local/state/reeve` when it is left out.")
            .variable("REEVE_DATA_DIR")
            .flag("--data-dir");
    static final Setting<Secret> DATABASE_URL = Setting.of("database_url",
            Forms.secret("an address such as postgresql://user:password@host/name", "postgres(ql)?://[^\\s/]+/\\S+"),
            "PostgreSQL for several replicas, `postgresql://…`; SQLite in the data folder when it is left out.")
            .variable("REEVE_DATABASE_URL")
            .secret();
    static final Setting<Path> DATABASE_URL_FILE = Setting.of("database_url_file", Forms.path(),
            "The file that holds the database's address.").variable("REEVE_DATABASE_URL_FILE");
    static final Setting<Duration> SWEEP = Setting.of("sweep", Forms.duration("10s", "24h"),
            "How often each repository is reconciled as a whole.").or("15m").variable("REEVE_SWEEP");
    static final Setting<Duration> RECOVERY = Setting.of("recovery", Forms.duration("10s", "24h"),
            "How often GitHub's delivery log is read for what was missed.").or("5m").variable("REEVE_RECOVERY");
    static final Setting<List<CheckoutForm.Attached>> CHECKOUTS = Setting.of("checkouts", new CheckoutForm(),
            "Operators' checkouts that the server keeps tidy as well: `OWNER/REPO=PATH`, the flag as often as needed.")
            .flag("--checkout");

    /** All of them, in the order of the reference. */
    static final List<Setting<?>> ALL = List.of(APP_ID, CLIENT_ID, PRIVATE_KEY, PRIVATE_KEY_FILE, WEBHOOK_SECRET,
            WEBHOOK_SECRET_FILE, GitHubSettings.API_URL, GitHubSettings.SERVER_URL, HOST, PORT, PUBLIC_URL, ADMIN_TOKEN,
            ADMIN_TOKEN_FILE, DATA_DIR, DATABASE_URL, DATABASE_URL_FILE, SWEEP, RECOVERY, CHECKOUTS,
            ProxySettings.HTTPS, ProxySettings.HTTP, ProxySettings.DIRECT);

    private ServerSettings() {}
}
