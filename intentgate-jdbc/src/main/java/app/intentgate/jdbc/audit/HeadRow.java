package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.ChainHead;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a chain as the database keeps it.
 *
 * @param chain the key of the chain
 * @param seq the number of its newest event; 0 when it has none yet
 * @param hash that event's hash
 * @param at when that event was made
 * @param position the position of its commit
 */
record HeadRow(String chain, long seq, String hash, String at, long position) {
  /** A chain before its first event. */
  static HeadRow empty(String chain) {
    return new HeadRow(chain, 0, "", "", 0);
  }

  /** The end as the core knows it; null when there is none, or its time is not in its one form. */
  @Nullable ChainHead head() {
    try {
      Instant time = Instant.parse(at);
      return seq == 0 || !time.toString().equals(at)
          ? null
          : new ChainHead(name(chain), seq, hash, time);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The name of the chain that has a key. */
  static String name(String key) {
    try {
      byte[] json = ('"' + key + '"').getBytes(StandardCharsets.UTF_8);
      return String.valueOf(JsonReader.parse(json).asText());
    } catch (JsonParseException e) {
      throw new AuditException(
          AuditException.Code.UNREADABLE, "the database has a chain of no name: " + key, e);
    }
  }
}
