package app.intentgate.server;

import app.intentgate.IntentGate;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.Checkpointer;
import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.stores.CheckpointWebhook;
import app.intentgate.server.stores.Checkpoints;
import app.intentgate.server.stores.GateStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts together what signs checkpoints. */
final class CheckpointFactory {
  private CheckpointFactory() {}

  /** Starts to sign. */
  static Checkpoints start(Config config, GateStorage storage, IntentGate gate) {
    List<Consumer<Checkpoint>> copies = new ArrayList<>();
    Path file = config.find(AuditSettings.CHECKPOINT_FILE);
    if (file != null) {
      copies.add(Checkpoints.toFile(file));
    }
    URI url = config.find(AuditSettings.CHECKPOINT_URL);
    CheckpointWebhook webhook = url == null ? null : new CheckpointWebhook(url);
    if (webhook != null) {
      copies.add(webhook);
    }
    return new Checkpoints(
        new Checkpointer(
            gate.audit(),
            storage.checkpoints(),
            Credentials.checkpointKey(config, gate.now()),
            Clock.systemUTC(),
            new Checkpointer.Pace(
                config.get(AuditSettings.CHECKPOINT_EVENTS),
                Duration.ofSeconds(config.get(AuditSettings.CHECKPOINT_SECONDS))),
            copies),
        webhook);
  }
}
