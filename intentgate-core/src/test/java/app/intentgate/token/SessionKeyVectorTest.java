package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SessionKeyVectorTest {
  @Test
  void memoryKeysAreDerivedAsRecorded() {
    Tally tally = Tally.of("vectors memory.json session keys");
    JsonObject file = (JsonObject) GoldenData.vectorsJson("memory.json");
    for (JsonValue each : (JsonArray) file.get("session_keys")) {
      JsonObject c = (JsonObject) each;
      byte[] master = HexFormat.of().parseHex(c.get("master_key_hex").asText());
      tally.check(
          c.toString(),
          () ->
              assertThat(MasterKey.of(master).memorySessionKey(c.get("jti").asText()))
                  .isEqualTo(HexFormat.of().parseHex(c.get("session_key_hex").asText())));
    }
    tally.finish();
  }
}
