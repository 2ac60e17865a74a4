package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonParseException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12",
        "-7",
        "1.50",
        "1e400",
        "1E+2",
        "\"\"",
        "\"a\"",
        "[]",
        "[1,2,[3]]",
        "{}",
        "{\"b\":1,\"a\":{\"c\":[null]}}",
        "9007199254740993",
        "123456789012345678901234567890",
        "{\"é\":\"日本\"}",
        "1e-5",
        "\"💶\""
      })
  void whatIsReadIsWrittenAgainByteForByte(String text) {
    assertThat(JsonWriter.toText(JsonReader.parse(text))).isEqualTo(text);
    assertThat(JsonWriter.toText(JsonReader.parseRego(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nul",
        "True",
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "1 2",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{,}",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\u0000\"",
        "'a'",
        "[1]]",
        "{} {}",
        "\ufeff1",
        "//x\n1",
        "1e1234567890123456789"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonReader.parse(text)).isInstanceOf(JsonParseException.class);
    assertThatThrownBy(() -> JsonReader.parseRego(text)).isInstanceOf(JsonParseException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"a\":1 x~1~8~',' or '}'",
        "[1,  tru]~1~9~'true'",
        "{\"é💶\" 1}~1~7~':'",
        "[1 2]~1~4~',' or ']'",
        "\"ab~1~4~'\"' at the end of the string",
      })
  void anErrorSaysLineColumnAndWhatWasExpected(String text, int line, int column, String expected) {
    JsonParseException e =
        catchThrowableOfType(JsonParseException.class, () -> JsonReader.parse(text));
    assertThat(e.expected()).isEqualTo(expected);
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.column()).isEqualTo(column);
    assertThat(e).hasMessageContaining(expected).hasMessageContaining("column " + column);
  }

  @Test
  void linesAreCounted() {
    JsonParseException e =
        catchThrowableOfType(JsonParseException.class, () -> JsonReader.parse("{\n\n  \"a\": ?}"));
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(8);
    assertThat(e.getMessage()).isEqualTo("unexpected '?', expected a value (line 3, column 8)");
  }

  @Test
  void aMemberNameMayComeOnlyOnce() {
    assertProblem("{\"a\":1,\"a\":1}", Problem.DUPLICATE_MEMBER);
    assertProblem("{\"x\":[{\"a\":1,\"b\":2,\"\\u0061\":3}]}", Problem.DUPLICATE_MEMBER);
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      many.append("\"k").append(i).append("\":").append(i).append(',');
    }
    assertThat(((JsonObject) JsonReader.parse(many + "\"z\":0}")).size()).isEqualTo(1001);
    assertProblem(many + "\"k500\":0}", Problem.DUPLICATE_MEMBER);
  }

  @Test
  void inRegoModeTheLastOfEqualNamesWinsInTheFirstOnesPlace() {
    assertThat(JsonReader.parseRego("{\"a\":1,\"b\":2,\"a\":[3]}"))
        .hasToString("{\"a\":[3],\"b\":2}");
  }

  @Test
  void namesThatDifferOnlyInCaseAreTwo() {
    assertThat(JsonReader.parse("{\"a\":1,\"A\":2}")).hasToString("{\"a\":1,\"A\":2}");
  }

  @Test
  void loneSurrogateEscapesAreKeptAndWrittenAsEscapesAgain() {
    JsonString s = (JsonString) JsonReader.parse("\"a\\uD83Dx\\ude00\\ud83d\\ude00\"");
    assertThat(s.value()).isEqualTo("a\ud83dx\ude00\ud83d\ude00");
    assertThat(JsonWriter.toText(s)).isEqualTo("\"a\\ud83dx\\ude00\ud83d\ude00\"");
    assertThat(JsonWriter.goText(s)).isEqualTo("\"a\\ud83dx\\ude00\ud83d\ude00\"");
    assertThat(JsonReader.parseRego("\"a\\uD83Dx\\ude00\\ud83d\\ude00\""))
        .isEqualTo(JsonString.of("a\ufffdx\ufffd\ud83d\ude00"));
    assertProblem("\"\ud83d\"", Problem.INVALID_UTF8);
    assertThat(JsonReader.parseRego("\"\ud83d\"")).isEqualTo(JsonString.of("\ufffd"));
  }

  @Test
  void depthIsCountedWithTheOutermostAsOne() {
    assertThat(JsonReader.parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(JsonArray.class);
    assertProblem("[".repeat(65) + "]".repeat(65), Problem.TOO_DEEP);
    assertProblem("{\"a\":".repeat(65) + "1" + "}".repeat(65), Problem.TOO_DEEP);
    assertProblem("[".repeat(500_000), Problem.TOO_DEEP);
    String deep = "[".repeat(1000) + "]".repeat(1000);
    assertThat(JsonReader.parseRego(deep)).hasToString(deep);
    assertThatThrownBy(() -> JsonReader.parseRego("[" + deep + "]"))
        .isInstanceOf(JsonParseException.class);
    assertThatThrownBy(() -> JsonLimits.ofDefaults().withMaxDepth(1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxDepth")
        .hasMessageContaining("1001");
  }

  @Test
  void theDeepestDocumentIsReadComparedAndWrittenOnASmallStack() throws InterruptedException {
    String text = "[".repeat(500) + "{\"a\":".repeat(500) + "1" + "}".repeat(500) + "]".repeat(500);
    List<Throwable> failures = new ArrayList<>();
    Runnable work =
        () -> {
          JsonValue a = JsonReader.parseRego(text);
          JsonValue b = JsonReader.parseRego(text);
          assertThat(a.equals(b)).isTrue();
          assertThat(a.hashCode()).isEqualTo(b.hashCode());
          assertThat(JsonValue.compare(a, b)).isZero();
          assertThat(new String(JsonWriter.toSortedBytes(a), StandardCharsets.UTF_8))
              .isEqualTo(text);
          assertThat(RegoText.of(a)).hasSizeGreaterThan(1_000);
        };
    Thread thread = new Thread(null, work, "small stack", 1 << 20);
    thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @Test
  void sizeIsLimited() {
    JsonLimits ten = JsonLimits.ofDefaults().withMaxBytes(10);
    assertThat(JsonReader.parse(bytes("[12345678]"), ten)).hasToString("[12345678]");
    JsonParseException e =
        catchThrowableOfType(
            JsonParseException.class, () -> JsonReader.parse(bytes("[123456789]"), ten));
    assertThat(e.problem()).isEqualTo(Problem.TOO_LARGE);
    assertThat(e).hasMessageContaining("at most 10 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x80,
        0xbf,
        0xc080,
        0xc1bf,
        0xe08080,
        0xeda080,
        0xedbfbf,
        0xf08080,
        0xf4908080,
        0xf5808080,
        0xff,
        0xe282,
        0xc328,
        0xc3
      })
  void bytesThatAreNoUtf8AreRefused(int octets) {
    byte[] four = {
      (byte) (octets >>> 24), (byte) (octets >>> 16), (byte) (octets >>> 8), (byte) octets
    };
    String inside = new String(four, StandardCharsets.ISO_8859_1).replace("\0", "");
    for (String frame : new String[] {"\"%s\"", "\"\\n%s\"", "{\"%s\":1}", "%s", "\"%s"}) {
      byte[] text = frame.formatted(inside).getBytes(StandardCharsets.ISO_8859_1);
      JsonParseException e =
          catchThrowableOfType(JsonParseException.class, () -> JsonReader.parse(text));
      assertThat(e.problem()).as(frame).isEqualTo(Problem.INVALID_UTF8);
      assertThatThrownBy(() -> JsonReader.parseRego(text)).isInstanceOf(JsonParseException.class);
    }
  }

  @Test
  void manyNamesWithOneHashCodeAreReadInTime() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 20_000; i++) {
      text.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 15; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\":1");
    }
    text.append('}');
    long start = System.nanoTime();
    JsonObject object = (JsonObject) JsonReader.parse(text.toString());
    assertThat(object.size()).isEqualTo(20_000);
    assertThat(object.get(object.nameAt(19_999))).isEqualTo(JsonNumber.of(1));
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  private static void assertProblem(String text, Problem problem) {
    JsonParseException e =
        catchThrowableOfType(JsonParseException.class, () -> JsonReader.parse(text));
    assertThat(e.problem()).isEqualTo(problem);
    assertThat(e).hasMessageContaining(e.expected());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
