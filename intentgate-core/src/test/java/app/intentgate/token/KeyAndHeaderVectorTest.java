package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeyAndHeaderVectorTest {
  @Test
  void keysAndHeadersAreReadAsRecorded() {
    Tally tally = Tally.of("vectors key-and-header.json");
    JsonObject file = (JsonObject) GoldenData.vectorsJson("key-and-header.json");
    for (JsonValue each : (JsonArray) file.get("master_key")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.toString(), () -> checkKey(c));
    }
    for (JsonValue each : (JsonArray) file.get("authorization_header")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.toString(), () -> checkHeader(c));
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

  private static void checkHeader(JsonObject c) {
    String header = c.get("header").asText();
    String error = c.get("error").asText();
    boolean bearerInAnyCase = header.toLowerCase(Locale.ROOT).startsWith("bearer "); // B13
    if (error == null || bearerInAnyCase) {
      String token =
          bearerInAnyCase && error != null ? header.substring(7) : c.get("token").asText();
      assertThat(BearerHeader.token(header)).isEqualTo(token.isEmpty() ? null : token);
    } else {
      assertThatThrownBy(() -> BearerHeader.token(header))
          .isInstanceOf(TokenException.class)
          .hasMessage(error);
    }
  }
}
