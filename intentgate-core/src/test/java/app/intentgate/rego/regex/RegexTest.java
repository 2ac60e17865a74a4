package app.intentgate.rego.regex;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegexTest {
  static List<String> answersOfGo() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RegexTest.class.getResourceAsStream("go-answers.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Patterns and texts made at random, with what Go 1.26 answers. */
  @ParameterizedTest
  @MethodSource("answersOfGo")
  void answersAsGoDoes(String line) {
    JsonObject answer = (JsonObject) JsonReader.parseRego(line);
    Regex regex = Regex.compile(text(answer, "pattern"));
    String text = text(answer, "text");
    List<List<Integer>> places =
        regex.findAll(text, -1).stream().map(RegexPropertyTest::places).toList();
    assertThat(places.toString().replace(" ", "")).isEqualTo(answer.get("all").toString());
    assertThat(regex.matches(text)).isEqualTo(!places.isEmpty());
    List<String> parts = new ArrayList<>();
    for (JsonValue part : (JsonArray) Objects.requireNonNull(answer.get("split"))) {
      parts.add(part.asText());
    }
    assertThat(regex.split(text, -1)).isEqualTo(parts);
    assertThat(regex.replaceAll(text, text(answer, "template")))
        .isEqualTo(text(answer, "replaced"));
  }

  private static String text(JsonObject object, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(object.get(name)).asText());
  }

  @ParameterizedTest
  @CsvSource({
    "^$, '', true",
    "^$, x, false",
    "a$, 'a\n', false",
    "(?m)a$, 'a\n', true",
    "., '\r', true",
    "., '\n', false",
    "(?s)., '\n', true",
    "\\s, '\u000b', false",
    "\\d, '٣', false",
    "\\pN, '٣', true",
    "\\p{Greek}, 'α', true",
    "(?i)k, '\u212a', true",
    "(?i)i, 'İ', false",
    "^.$, '😀', true",
    "é\\b, 'é', false",
    "\\w, 'é', false",
    "(?U)a+$, 'aa', true",
    "'[[:alpha:]]', 'é', false",
    "\\QA.B\\E, 'A.B', true",
    "\\QA.B\\E, 'AxB', false"
  })
  void aPatternMatchesOrNot(String pattern, String text, boolean matches) {
    assertThat(Regex.compile(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void groupsHaveNamesAndPlaces() {
    Regex regex = Regex.compile("(?P<user>\\w+)@(?<host>[\\w.]+)(:\\d+)?");
    RegexMatch match = Objects.requireNonNull(regex.find("to ann@example.com!"));
    assertThat(regex.groupNames()).containsExactly(null, "user", "host", null);
    assertThat(match.group(1)).isEqualTo("ann");
    assertThat(match.start(2)).isEqualTo(7);
    assertThat(match.group(3)).isNull();
    assertThat(match.text()).isEqualTo("ann@example.com");
  }

  @Test
  void findHonorsALimit() {
    Regex regex = Regex.compile("a.");
    assertThat(regex.findAll("paranormal", 2))
        .extracting(RegexMatch::text)
        .containsExactly("ar", "an");
    assertThat(regex.findAll("paranormal", 0)).isEmpty();
  }

  @Test
  void splitHonorsALimit() {
    Regex regex = Regex.compile("a");
    assertThat(regex.split("banana", 2)).containsExactly("b", "nana");
    assertThat(regex.split("banana", 0)).isEmpty();
    assertThat(regex.split("", -1)).containsExactly("");
  }

  @Test
  void loneSurrogatesCountAsTheReplacementCharacter() {
    assertThat(Regex.compile("^\\x{FFFD}$").matches("\ud800")).isTrue();
    assertThat(Regex.compile("\ufffd").matches("x\udc00")).isTrue();
    assertThat(Regex.compile("^..$").matches("\udc00\ud800")).isTrue();
  }

  @Test
  void aQuotedTextMatchesItself() {
    String text = "a.b*c\\d[e]{f}(g)^h$|i+j?k";
    assertThat(Regex.compile("^" + Regex.quote(text) + "$").matches(text)).isTrue();
  }
}
