package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The reference's events: wire JSON, canonical form and hash, byte for byte. */
class AuditChainVectorTest {
  @Test
  void everyEventIsWrittenAndHashedLikeTheReference() {
    Tally tally = Tally.of("vectors audit-chain.json");
    for (JsonValue item : (JsonArray) GoldenData.vectorsJson("audit-chain.json")) {
      JsonObject vector = (JsonObject) item;
      tally.check(text(vector, "description"), () -> check(vector));
    }
    tally.finish();
  }

  private static void check(JsonObject vector) {
    JsonObject wire = (JsonObject) Objects.requireNonNull(vector.get("event"));
    JsonValue storedTs = vector.get("stored_ts");
    if (storedTs != null) {
      // The database store cuts the time before it hashes.
      wire = wire.toBuilder().put("ts", Objects.requireNonNull(storedTs.asText())).build();
    }
    AuditEvent event = EventJson.read(JsonWriter.toBytes(wire)).event();
    StoredEvent stored = AuditChain.link(event, 0, text(vector, "prev_hash"));

    assertThat(utf8(EventJson.bytes(event))).isEqualTo(text(vector, "wire_json_utf8"));
    byte[] canonical = CanonicalEvent.bytes(event, 0);
    assertThat(utf8(canonical)).isEqualTo(text(vector, "canonical_utf8"));
    assertThat(HexFormat.of().formatHex(canonical)).isEqualTo(text(vector, "canonical_hex"));
    assertThat(stored.hash()).isEqualTo(text(vector, "hash"));
    assertThat(stored.chain()).isEqualTo(text(vector, "chain"));
    assertThat(AuditChain.holds(stored)).isTrue();
    assertThat(EventJson.read(EventJson.bytes(stored))).isEqualTo(stored);
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String text(JsonObject object, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(object.get(name), name).asText(), name);
  }
}
