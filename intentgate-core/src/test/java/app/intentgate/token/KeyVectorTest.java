package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyVectorTest {
  @Test
  void keysAreReadAsRecorded() {
    Tally tally = Tally.of("vectors key-and-header.json master_key");
    JsonObject file = (JsonObject) GoldenData.vectorsJson("key-and-header.json");
    for (JsonValue each : (JsonArray) file.get("master_key")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.toString(), () -> checkKey(c));
    }
    tally.finish();
  }

  private static void checkKey(JsonObject c) {
    String input = c.get("input").asText();
    String error = c.get("error").asText();
    if (error == null) {
      byte[] expected = HexFormat.of().parseHex(c.get("key_hex").asText());
      assertThat(MasterKey.parse(input).bytes()).isEqualTo(expected);
      assertThat(KeyRing.parse(input).newest()).isEqualTo(MasterKey.of(expected));
    } else {
      assertThatThrownBy(() -> MasterKey.parse(input))
          .isInstanceOf(TokenException.class)
          .hasMessage(error);
      assertThatThrownBy(() -> KeyRing.parse(input)).hasMessage(error);
    }
  }
}
