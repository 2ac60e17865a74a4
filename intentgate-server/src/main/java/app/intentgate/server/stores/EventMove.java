package app.intentgate.server.stores;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditFileVerifier.Progress;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Appends the events of a verified file to a database, where each must get its own number and hash.
 */
final class EventMove {
  private static final int IN_FLIGHT = 5_000;
  private static final int BUFFER = 1 << 16;
  private static final long PATIENCE_SECONDS = 60;
  private static final int PROGRESS_EVERY = 256;

  private record Pending(StoredEvent wanted, CompletableFuture<StoredEvent> stored) {}

  private final JdbcAuditStore to;
  private final Map<String, ChainHead> there = new HashMap<>();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  /**
   * A move into a store.
   *
   * @param wanted the heads of the file's chains
   * @throws FileStoreMoveException when the store holds more than the file
   */
  EventMove(JdbcAuditStore to, Map<String, ChainHead> wanted) {
    this.to = to;
    for (ChainHead head : to.heads()) {
      ChainHead end = wanted.get(head.chain());
      if (end == null || end.seq() < head.seq()) {
        throw other(head.chain());
      }
      there.put(head.chain(), head);
    }
  }

  private static FileStoreMoveException other(String chain) {
    return new FileStoreMoveException(
        "the database has events of chain "
            + chain
            + " that the directory has not: move into an empty database");
  }

  /** Copies the lines of a file, and says how far it is. */
  void copy(Path log, Progress progress) throws IOException {
    long bytes = 0;
    long events = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(log), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        bytes++;
        if (b == '\n') {
          event(EventJson.read(line.toByteArray()));
          line.reset();
          if (++events % PROGRESS_EVERY == 0) {
            progress.at(bytes, events);
          }
        } else {
          line.write(b);
        }
      }
    }
    while (!pending.isEmpty()) {
      settle();
    }
    progress.at(bytes, events);
  }

  private void event(StoredEvent event) {
    ChainHead head = there.get(AuditChain.keyOf(event.event().tenant()));
    if (head != null && event.seq() <= head.seq()) {
      if (event.seq() == head.seq() && !event.hash().equals(head.hash())) {
        throw other(head.chain());
      }
      return;
    }
    pending.add(new Pending(event, to.append(event.event()).toCompletableFuture()));
    if (pending.size() >= IN_FLIGHT) {
      settle();
    }
  }

  private void settle() {
    Pending next = pending.remove();
    StoredEvent stored;
    try {
      stored = next.stored().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FileStoreMoveException(
          "event %d of chain %s could not be stored, run the command again: %s"
              .formatted(next.wanted().seq(), next.wanted().event().tenant(), cause.getMessage()));
    }
    if (stored.seq() != next.wanted().seq() || !stored.hash().equals(next.wanted().hash())) {
      throw new FileStoreMoveException(
          "event %d of chain %s became event %d with another hash: is a gate writing there?"
              .formatted(next.wanted().seq(), next.wanted().event().tenant(), stored.seq()));
    }
  }
}
