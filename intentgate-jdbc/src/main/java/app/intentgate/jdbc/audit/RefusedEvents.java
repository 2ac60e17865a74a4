package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoreLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Events that were answered and that their store can never take: lines of a file, for an operator.
 * Used by one thread.
 */
final class RefusedEvents {
  private static final System.Logger LOG = System.getLogger(RefusedEvents.class.getName());

  /** Beyond it something is wrong with the store and not with an event; the log says the rest. */
  private static final long MAX_BYTES = 64L << 20;

  private final Path file;

  RefusedEvents(Path file) {
    this.file = file;
  }

  /** Whether an append failed because its event can never be stored. */
  static boolean isRefusal(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof AuditException known
        && known.code() == AuditException.Code.EVENT_REFUSED;
  }

  /** Keeps one. */
  void keep(AuditEvent event, @Nullable Throwable why) {
    try {
      StoreLock.makePrivate(file);
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.APPEND)) {
        if (out.size() > MAX_BYTES) {
          lost(event, why);
          return;
        }
        byte[] json = EventJson.bytes(event);
        ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        while (line.hasRemaining()) {
          out.write(line);
        }
        out.force(true);
      }
      LOG.log(
          System.Logger.Level.ERROR,
          "an answered event is not in its chain, its store refuses it; it is kept in {0}",
          file);
    } catch (IOException e) {
      lost(event, e);
    }
  }

  /** Writes an event to the log, where there is no other place for it. */
  static void lost(AuditEvent event, @Nullable Throwable why) {
    LOG.log(System.Logger.Level.ERROR, "an answered event could not be kept: " + event, why);
  }
}
