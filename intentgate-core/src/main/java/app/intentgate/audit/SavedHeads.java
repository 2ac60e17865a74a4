package app.intentgate.audit;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a file store had come when this was saved: where opening starts to verify, and what it
 * wants to find there. It is kept in a file of its own that is replaced as a whole. It is not
 * signed: it tells damage from growth, and not an intruder's hand.
 *
 * @param bytes the length of the log then
 * @param events how many events that were
 * @param heads the newest event of every chain then
 */
record SavedHeads(long bytes, long events, List<ChainHead> heads) {
  /** Before the first event. */
  static final SavedHeads NONE = new SavedHeads(0, 0, List.of());

  SavedHeads {
    heads = List.copyOf(heads);
  }

  /** Replaces the file, durably. */
  void save(StoreFiles files) throws IOException {
    Path next = files.heads().resolveSibling(files.heads().getFileName() + ".next");
    Files.deleteIfExists(next);
    StoreFiles.makePrivate(next);
    byte[] text = (JsonWriter.goText(toJson()) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, files.heads(), StandardCopyOption.ATOMIC_MOVE);
    files.forceDirectory();
  }

  private JsonObject toJson() {
    JsonValue[] chains = new JsonValue[heads.size()];
    for (int i = 0; i < chains.length; i++) {
      ChainHead head = heads.get(i);
      chains[i] =
          JsonObject.builder(4)
              .put("chain", head.chain())
              .put("seq", head.seq())
              .put("hash", head.hash())
              .put("at", Rfc3339.text(head.at()))
              .build();
    }
    JsonObject body =
        JsonObject.builder(4)
            .put("bytes", bytes)
            .put("events", events)
            .put("heads", JsonArray.of(chains))
            .build();
    return body.toBuilder().put("sha256", sha256(body)).build();
  }

  /**
   * Reads the file; null when there is none.
   *
   * @throws AuditException {@link AuditException.Code#CHAIN_BROKEN} when it is damaged
   */
  static @Nullable SavedHeads read(StoreFiles files) throws IOException {
    if (!Files.exists(files.heads())) {
      return null;
    }
    byte[] text = Files.readAllBytes(files.heads());
    try {
      JsonLimits limits = JsonLimits.ofDefaults().withMaxBytes(Integer.MAX_VALUE);
      JsonObject saved = (JsonObject) JsonReader.parse(text, limits);
      SavedHeads heads = of(saved);
      String again = JsonWriter.goText(heads.toJson()) + "\n";
      if (again.equals(new String(text, StandardCharsets.UTF_8))) {
        return heads;
      }
    } catch (JsonParseException | ClassCastException | AuditException | ArithmeticException e) {
      // Falls through: damaged, however.
    }
    throw new AuditException(
        AuditException.Code.CHAIN_BROKEN,
        "%s is damaged, so nothing says how far the chain had come; after looking into it, remove it to verify from the first event"
            .formatted(files.heads()));
  }

  private static SavedHeads of(JsonObject saved) {
    List<ChainHead> heads = new ArrayList<>();
    for (JsonValue item : (JsonArray) member(saved, "heads")) {
      JsonObject head = (JsonObject) item;
      byte[] at = text(head, "at").getBytes(StandardCharsets.UTF_8);
      heads.add(
          new ChainHead(
              text(head, "chain"),
              number(head, "seq"),
              text(head, "hash"),
              Rfc3339.read(at, 0, at.length)));
    }
    return new SavedHeads(number(saved, "bytes"), number(saved, "events"), heads);
  }

  private static JsonValue member(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value == null) {
      throw new AuditException(AuditException.Code.UNREADABLE, name + " is missing");
    }
    return value;
  }

  private static String text(JsonObject object, String name) {
    return String.valueOf(member(object, name).asText());
  }

  private static long number(JsonObject object, String name) {
    return ((JsonNumber) member(object, name)).longValue();
  }

  private static String sha256(JsonObject body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(JsonWriter.goBytes(body));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
