package dev.reeve.cli;

import dev.reeve.kit.JsonSchema;
import dev.reeve.kit.Judged;
import dev.reeve.model.Bucket;
import dev.reeve.store.Snapshots;
import dev.reeve.store.StateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotSchemaTest {

    private static final Path SCHEMA = Path.of("docs/snapshot.schema.json");

    @Test
    void aSnapshotIsAsItsSchemaSays(@TempDir Path checkout) throws IOException {
        var tasks = List.of(Judged.full("fix-login"), Judged.broken("odd"), Judged.plain("next", Bucket.READY));
        new Snapshots(new StateFolder(checkout, InstantSource.fixed(Judged.NOW))).write(Judged.head("dave", tasks),
                tasks);
        var text = Files.readString(checkout.resolve(".tasks/task_manager/task-manager-dave.snapshot.json"));
        assertThat(JsonSchema.faults(SCHEMA, text)).isEmpty();
        assertThat(JsonSchema.faults(SCHEMA, text.replace("\"bucket\"", "\"bocket\""))).isNotEmpty();
    }
}
