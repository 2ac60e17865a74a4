package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The id goes back as the caller spelt it, and safe to stand in HTML. */
class RequestIdTest {
  private static String echoed(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    JsonObject request = (JsonObject) JsonReader.parse(bytes);
    JsonOutput out = JsonOutput.htmlSafe();
    RequestId.of(request.get("id"), bytes).write(out);
    return out.toText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"id\":1.50}~1.50",
        "{\"id\":\"a\"}~\"a\"",
        "{\"id\":null}~null",
        "{\"id\":{ \"a\" : [ 1, 2 ] }}~{\"a\":[1,2]}",
        "{\"id\":\"\\u00e9\\n\"}~\"\\u00e9\\n\"",
        "{\"id\":\"a\\/b\"}~\"a\\/b\"",
        "{\"id\":\"\u00e9\"}~\"\u00e9\"",
        "{\"id\" : \"<b>&\u2028\"}~\"\\u003cb\\u003e\\u0026\\u2028\"",
        "{\"x\":{\"id\":\"\\u0041\"},\"id\" :\t\"\\u0042\"}~\"\\u0042\"",
        "{\"x\":\"\\\"id\\\":\",\"y\":[\"id\"],\"id\":\"\\u0043\"}~\"\\u0043\"",
        "{\"\\u0069d\":\"\u00e9\\u0044\"}~\"\u00e9D\""
      })
  void isEchoedAsItWasSpelt(String body, String expected) {
    assertThat(echoed(body)).isEqualTo(expected);
  }

  @Test
  void isNullWhereThereIsNone() {
    assertThat(echoed("{}")).isEqualTo("null");
  }
}
