package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OboVectorTest {
  private static final String DECODER = "obo: unmarshal: ";

  @Test
  void onBehalfOfTokensAreReadAsRecorded() {
    Tally tally = Tally.of("vectors obo.json");
    for (JsonValue each : (JsonArray) GoldenData.vectorsJson("obo.json")) {
      JsonObject c = (JsonObject) each;
      tally.check(c.get("name").asText(), () -> check(c));
    }
    tally.finish();
  }

  private static void check(JsonObject c) {
    OnBehalfOf verifier = OnBehalfOf.withKey(c.get("key_utf8").asText());
    String token = c.get("token").asText();
    Instant now = Instant.ofEpochSecond(1_760_000_000);
    String error = c.get("error").asText();
    if (error == null) {
      JsonObject principal = (JsonObject) c.get("principal");
      assertThat(verifier.verify(token, now))
          .isEqualTo(
              new OnBehalfOf.Principal(
                  principal.get("sub").asText(),
                  principal.get("act").asText(),
                  attributes(principal.get("attrs"))));
      return;
    }
    TokenException e =
        catchThrowableOfType(TokenException.class, () -> verifier.verify(token, now));
    if (error.startsWith(DECODER)) { // the rest are the words of the reference's JSON decoder
      assertThat(e).hasMessageStartingWith(DECODER);
    } else {
      assertThat(e).hasMessage(error);
    }
  }

  private static Map<String, String> attributes(JsonValue value) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        attributes.put(object.nameAt(i), object.valueAt(i).asText());
      }
    }
    return attributes;
  }
}
