package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JsonStringsVectorTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void stringsAreEscapedAsTheWireFormatsHaveThem() {
    Tally tally = Tally.of("vectors json-strings.json");
    for (JsonValue each : (JsonArray) GoldenData.vectorsJson("json-strings.json")) {
      JsonObject c = (JsonObject) each;
      String input = c.get("input_hex").asText();
      tally.check(
          input, () -> check(HEX.parseHex(input), HEX.parseHex(c.get("output_hex").asText())));
    }
    tally.finish();
  }

  private static void check(byte[] input, byte[] output) {
    assertThat(JsonOutput.htmlSafe().string(input).toByteArray()).isEqualTo(output);
    String text = new String(input, StandardCharsets.UTF_8);
    if (java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), input)) {
      assertThat(JsonWriter.goBytes(JsonString.of(text))).isEqualTo(output);
      assertThat(JsonReader.parse(output)).isEqualTo(JsonString.of(text));
    }
  }
}
