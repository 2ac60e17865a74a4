package app.intentgate.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of an operator's body, each of its type and within its bounds. */
class BodyTest {
  private static final Set<String> MEMBERS = Set.of("m");

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Body body(String value) throws IOException {
    return Body.read(in("{'m':" + value + "}"), 1_000, MEMBERS);
  }

  private interface Read {
    Object from(Body body) throws IOException;
  }

  private static String read(String value, Read how) throws IOException {
    try {
      return String.valueOf(how.from(body(value)));
    } catch (AdminException e) {
      assertThat(e.status()).isEqualTo(400);
      return "! " + e.text();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a' | a",
        "'' | ``",
        "null | ``",
        "' a ' | ` a `",
        "7 | ! invalid JSON: m must be a string",
        "['a'] | ! invalid JSON: m must be a string"
      })
  void aText(String value, String is) throws IOException {
    assertThat(read(value, body -> body.text("m"))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['a',' b ','',' '] | [a, b]",
        "[] | []",
        "null | []",
        "'a' | ! invalid JSON: m must be an array of strings",
        "['a',7] | ! invalid JSON: m must be an array of strings",
        "['a',null] | ! invalid JSON: m must be an array of strings",
        "[['a']] | ! invalid JSON: m must be an array of strings",
        "{} | ! invalid JSON: m must be an array of strings"
      })
  void texts(String value, String are) throws IOException {
    assertThat(read(value, body -> body.texts("m"))).isEqualTo(are);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | true",
        "false | false",
        "null | false",
        "0 | ! invalid JSON: m must be true or false",
        "'true' | ! invalid JSON: m must be true or false"
      })
  void aFlag(String value, String is) throws IOException {
    assertThat(read(value, body -> body.flag("m"))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 0",
        "-0 | 0",
        "7 | 7",
        "7.0 | 7",
        "7e0 | 7",
        "9 | 9",
        "null | 0",
        "10 | ! m must be from 0 to 9",
        "1e30 | ! m must be from 0 to 9",
        "9223372036854775808 | ! m must be from 0 to 9",
        "-1 | ! m must be >= 0",
        "-9223372036854775809 | ! m must be >= 0",
        "1.5 | ! invalid JSON: m must be a whole number",
        "-0.5 | ! invalid JSON: m must be a whole number",
        "'7' | ! invalid JSON: m must be a whole number",
        "true | ! invalid JSON: m must be a whole number"
      })
  void aCountToNine(String value, String is) throws IOException {
    assertThat(read(value, body -> body.count("m", 9))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-9223372036854775808 | -9223372036854775808",
        "9223372036854775807 | 9223372036854775807",
        "1e3 | 1000",
        "null | 0",
        "9223372036854775808 | ! invalid JSON: m must be a whole number",
        "1.5 | ! invalid JSON: m must be a whole number",
        "'1' | ! invalid JSON: m must be a whole number"
      })
  void aWholeNumber(String value, String is) throws IOException {
    assertThat(read(value, body -> body.whole("m"))).isEqualTo(is);
  }

  @Test
  void whatIsNullIsAsGoodAsAbsent() throws IOException {
    assertThat(body("null").has("m")).isFalse();
    assertThat(body("0").has("m")).isTrue();
    assertThat(body("''").has("m")).isTrue();
    assertThat(Body.read(in("{}"), 1_000, MEMBERS).has("m")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "m ", "", "n", "\\u006e"})
  void aMemberThatTheRouteDoesNotKnowIsNamed(String name) {
    assertThatThrownBy(() -> Body.read(in("{'m':1,'" + name + "':2}"), 1_000, MEMBERS))
        .hasMessage("invalid JSON: json: unknown field \"" + name.replace("\\u006e", "n") + "\"");
  }

  @Test
  void aKnownMemberSpeltWithEscapesIsThatMember() throws IOException {
    assertThat(Body.read(in("{'\\u006d':'a'}"), 1_000, MEMBERS).text("m")).isEqualTo("a");
    assertThatThrownBy(() -> Body.read(in("{'m':1,'\\u006d':2}"), 1_000, MEMBERS))
        .hasMessageContaining("duplicate");
  }

  @Test
  void aBodyMayHaveItsLimitAndNotAByteMore() throws IOException {
    String exact = "{'m':'" + "x".repeat(992) + "'}";
    assertThat(exact).hasSize(1_000);
    assertThat(Body.read(in(exact), 1_000, MEMBERS).text("m")).hasSize(992);
    for (String more : new String[] {exact + " ", "{'m':'" + "x".repeat(993) + "'}"}) {
      assertThatThrownBy(() -> Body.read(in(more), 1_000, MEMBERS))
          .hasMessage("invalid JSON: body exceeds 1000 bytes");
      assertThatThrownBy(() -> Body.lenient(in(more), 1_000, "bad: "))
          .hasMessage("bad: body exceeds 1000 bytes");
      assertThatThrownBy(() -> Body.readOrEmpty(in(more), 1_000, MEMBERS))
          .hasMessage("invalid JSON: body exceeds 1000 bytes");
    }
  }

  @Test
  void noBodyIsOneOnlyWhereItMayBeMissing() throws IOException {
    assertThat(Body.readOrEmpty(in(""), 1_000, MEMBERS).text("m")).isEmpty();
    assertThatThrownBy(() -> Body.read(in(""), 1_000, MEMBERS)).hasMessage("invalid JSON: EOF");
    assertThatThrownBy(() -> Body.lenient(in(""), 1_000, "bad: ")).hasMessage("bad: EOF");
    for (String blank : new String[] {" ", "\n"}) {
      assertThatThrownBy(() -> Body.readOrEmpty(in(blank), 1_000, MEMBERS))
          .isInstanceOf(AdminException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "7", "null", "'m'", "{'m':1}{}", "{'m':", "{m:1}", "{'m':01}", "\u0000"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> Body.read(in(text), 1_000, MEMBERS))
        .isInstanceOf(AdminException.class)
        .hasMessageStartingWith("invalid JSON: ");
    assertThatThrownBy(() -> Body.lenient(in(text), 1_000, "bad: "))
        .isInstanceOf(AdminException.class)
        .hasMessageStartingWith("bad: ");
  }

  @Test
  void aLenientBodyPassesOverWhatItDoesNotKnowAndSaysItsOwnWords() throws IOException {
    Body body = Body.lenient(in("{'x':1,'m':7}"), 1_000, "bad: ");
    assertThat(body.whole("m")).isEqualTo(7);
    assertThatThrownBy(() -> body.text("m")).hasMessage("bad: m must be a string");
  }
}
