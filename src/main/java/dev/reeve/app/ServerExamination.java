package dev.reeve.app;

import dev.reeve.config.AppManifest;
import dev.reeve.config.Configured;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.decide.PushRefusal;
import dev.reeve.doctor.Doctor;
import dev.reeve.doctor.Finding;
import dev.reeve.doctor.RefusedPush;
import dev.reeve.doctor.ServerPatient;
import dev.reeve.github.Endpoint;
import dev.reeve.github.GitHubApp;
import dev.reeve.inbox.DatabaseLocation;
import dev.reeve.inbox.DatabaseTrial;
import dev.reeve.inbox.DeadWork;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Examines a server by what is configured for it, beside a running one or without. */
public final class ServerExamination implements AutoCloseable {

    private final InstantSource clock;
    private final List<GitHubApp> opened = new ArrayList<>();

    public ServerExamination(InstantSource clock) {
        this.clock = clock;
    }

    /** What is found. */
    public List<Finding> findings(Doctor doctor, Configured<ServerConfiguration> read) {
        return doctor.server(read, this::admit);
    }

    private ServerPatient admit(ServerConfiguration configuration) {
        return new ServerPatient(configuration, AppManifest.builtIn(), () -> gitHub(configuration),
                () -> DatabaseTrial.of(location(configuration)), () -> refusedPushes(configuration));
    }

    private GitHubApp gitHub(ServerConfiguration configuration) {
        var gitHub = new GitHubApp(Endpoint.of(configuration.github().api(), configuration.proxies()),
                Secrets.identity(Secrets.app(configuration)), clock);
        opened.add(gitHub);
        return gitHub;
    }

    private static List<RefusedPush> refusedPushes(ServerConfiguration configuration) {
        return DeadWork.in(location(configuration))
                .stream()
                .filter(dead -> PushRefusal.isIn(dead.error()))
                .map(dead -> new RefusedPush(dead.repository(), dead.repository() + " " + dead.subject(), dead.error()))
                .toList();
    }

    static DatabaseLocation location(ServerConfiguration configuration) {
        return configuration.storage()
                .databaseUrl()
                .<DatabaseLocation>map(url -> DatabaseLocation.parse(url.reveal()))
                .orElseGet(() -> new DatabaseLocation.Embedded(configuration.storage().dataDir()));
    }

    @Override
    public void close() {
        opened.forEach(GitHubApp::close);
    }
}
