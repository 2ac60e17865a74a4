package app.intentgate.server.admin;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a request that comes with an {@code Idempotency-Key} once, and answers it again as it
 * was answered. Kept on this gate for an hour, by principal and route; what failed is not kept, and
 * may be tried again. Thread-safe.
 */
final class Idempotency {
  private static final String HEADER = "Idempotency-Key";
  private static final String FORM = "[!-~]{1,255}";
  private static final long KEPT_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int MOST = 1_000;

  private final int maxBody;
  private final LongSupplier nanos;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  private record Key(String principal, String route, String key) {}

  /**
   * One request.
   *
   * @param body the SHA-256 of its body
   * @param reply the answer; null while it is being carried out
   */
  private record Entry(String body, long at, int status, byte @Nullable [] reply) {}

  Idempotency(int maxBody, LongSupplier nanos) {
    this.maxBody = maxBody;
    this.nanos = nanos;
  }

  /** The same routes; those that take a body are carried out once for each key. */
  RouteGroup of(RouteGroup group) {
    Map<String, RouteGroup.RouteHandler> handlers = new HashMap<>(group.handlers());
    handlers.replaceAll(
        (name, handler) ->
            name.startsWith("POST ") ? call -> handle(name, handler, call) : handler);
    return () -> handlers;
  }

  private void handle(String route, RouteGroup.RouteHandler handler, AdminCall call)
      throws Exception {
    String key = call.context().header(HEADER);
    if (key == null) {
      handler.handle(call);
      return;
    }
    if (!key.matches(FORM)) {
      throw AdminException.badRequest(
          HEADER + " must be 1 to 255 printable characters without spaces");
    }
    Key id = new Key(call.principal().name(), route, key);
    String body = hash(call);
    Entry before = begin(id, body);
    if (before == null) {
      carryOut(id, body, handler, call);
    } else if (!before.body().equals(body)) {
      throw new AdminException(409, HEADER + " was used for another request");
    } else if (before.reply() == null) {
      throw new AdminException(409, "the request with this " + HEADER + " is being carried out");
    } else {
      call.context().status(before.status()).header("Idempotency-Replayed", "true");
      call.replyAgain(before.reply());
    }
  }

  private void carryOut(Key id, String body, RouteGroup.RouteHandler handler, AdminCall call)
      throws Exception {
    byte[] reply = null;
    try {
      handler.handle(call);
      int status = call.context().statusCode();
      reply = status < 300 ? call.replied() : null;
      if (reply != null) {
        end(id, new Entry(body, nanos.getAsLong(), status, reply));
      }
    } finally {
      if (reply == null) {
        forget(id);
      }
    }
  }

  private synchronized @Nullable Entry begin(Key id, String body) {
    long now = nanos.getAsLong();
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entries.size() < MOST && now - entry.at() < KEPT_NANOS) {
        break;
      }
      if (entry.reply() != null) {
        oldest.remove();
      }
    }
    return entries.putIfAbsent(id, new Entry(body, now, 0, null));
  }

  private synchronized void end(Key id, Entry entry) {
    entries.put(id, entry);
  }

  private synchronized void forget(Key id) {
    entries.remove(id);
  }

  private String hash(AdminCall call) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(call.readAhead(maxBody + 1)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
