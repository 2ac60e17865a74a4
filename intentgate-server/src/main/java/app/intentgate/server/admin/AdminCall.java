package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Operator;
import app.intentgate.store.StoreUnavailableException;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of an operator who signed in: its parameters, and the way back. */
final class AdminCall {
  private static final int MAX_ELEVATION = 128;
  private static final byte[] LINE_FEED = {'\n'};

  private final Context context;
  private final Principal principal;
  private final BooleanSupplier signedIn;
  private byte @Nullable [] read;
  private byte @Nullable [] replied;

  /**
   * A request.
   *
   * @param signedIn whether the token that came with it still signs that operator in
   */
  AdminCall(Context context, Principal principal, BooleanSupplier signedIn) {
    this.context = context;
    this.principal = principal;
    this.signedIn = signedIn;
  }

  /** Whether the operator could sign in again now; for answers that last. */
  boolean isStillSignedIn() {
    try {
      return signedIn.getAsBoolean();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  Context context() {
    return context;
  }

  Principal principal() {
    return principal;
  }

  /** Whether only the headers of the answer are asked for. */
  boolean isHead() {
    return context.req().getMethod().equals("HEAD");
  }

  /** The body, from its beginning. */
  InputStream body() throws IOException {
    return read == null ? context.req().getInputStream() : new ByteArrayInputStream(read);
  }

  /** Reads the body ahead of whoever asks for it next, and this much of it at the most. */
  byte[] readAhead(int most) throws IOException {
    byte[] bytes = context.req().getInputStream().readNBytes(most);
    read = bytes;
    return bytes;
  }

  /** What was answered, or null. */
  byte @Nullable [] replied() {
    return replied;
  }

  /** Answers with bytes as they were answered before. */
  void replyAgain(byte[] bytes) {
    replied = bytes;
    context.contentType("application/json").result(bytes);
  }

  /** The tenant the query is about; empty for all of them. */
  String tenantOfQuery() {
    return principal.scope(query("tenant"), "query");
  }

  /** The tenant a body is about; empty where it names none and the operator acts in all. */
  String tenantOf(Body body) {
    return principal.scope(Names.storable("tenant", body.text("tenant")), "body");
  }

  /** Who acts, in a tenant. */
  Operator operator(String tenant) {
    String elevation = context.header("X-IntentGate-Elevation-Id");
    String id = elevation == null ? "" : elevation.strip();
    return new Operator(
        principal.name(),
        tenant,
        "",
        remoteAddress(context),
        id.length() > MAX_ELEVATION ? "" : id);
  }

  static String remoteAddress(Context context) {
    String host = context.req().getRemoteAddr();
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host)
        + ":"
        + context.req().getRemotePort();
  }

  /** A query parameter; empty when it is not given. */
  String query(String name) {
    String value = context.queryParam(name);
    return value == null ? "" : value;
  }

  /** The page size asked for: 1 to 1000, 100 when it is not a number. */
  int limit() {
    return (int) Math.max(1, Math.min(1000, number("limit", 100)));
  }

  /** How many to skip: 0 when it is not a number. */
  int offset() {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number("offset", 0)));
  }

  private long number(String name, long fallback) {
    try {
      return Long.parseLong(query(name));
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  /** A whole number in the query, held between two; a fallback when it is not a number. */
  long numberOfQuery(String name, long fallback, long low, long high) {
    return Math.max(low, Math.min(high, number(name, fallback)));
  }

  /** A time in the query; null when it is not given. */
  @Nullable Instant time(String name) {
    return time(name, query(name));
  }

  /** A time that a parameter or a member says; null when it is empty. */
  static @Nullable Instant time(String name, String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      // Java reads years of nine digits, and of a sign, which RFC 3339 does not have.
      if (time.getYear() >= 0 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // Answered as one that cannot be.
    }
    throw AdminException.badRequest(
        "invalid '" + name + "' timestamp: expected RFC 3339, such as 2026-01-02T15:04:05Z");
  }

  /** What a stage gives; its failure as it is. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Starts the object of an answer. */
  static JsonOutput json() {
    return JsonOutput.htmlSafe().beginObject();
  }

  /** Answers with one value. */
  void replyValue(Consumer<JsonOutput> value) {
    JsonOutput out = JsonOutput.htmlSafe();
    value.accept(out);
    replyAgain(out.raw(LINE_FEED).toByteArray());
  }

  /** Ends the object, and answers with it. */
  void reply(JsonOutput out) {
    replyAgain(out.endObject().raw(LINE_FEED).toByteArray());
  }
}
