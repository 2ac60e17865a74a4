package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, amounts and encodings beside second ways to compute them. */
class FormatsModelTest {
  /** A version as numbers and parts, ordered by the rules of semver.org read from the top. */
  private record Version(int[] numbers, List<String> parts, String build) {
    static Version any(Random random) {
      int[] numbers = {random.nextInt(3), random.nextInt(3), random.nextInt(12)};
      List<String> parts = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        List<String> some = List.of("0", "1", "9", "10", "a", "A", "b", "rc", "1a", "-", "a-b");
        parts.add(some.get(random.nextInt(some.size())));
      }
      return new Version(numbers, parts, random.nextInt(4) == 0 ? "+b." + random.nextInt(9) : "");
    }

    String text() {
      String core = numbers[0] + "." + numbers[1] + "." + numbers[2];
      return core + (parts.isEmpty() ? "" : "-" + String.join(".", parts)) + build;
    }

    int compareTo(Version other) {
      for (int i = 0; i < 3; i++) {
        if (numbers[i] != other.numbers[i]) {
          return numbers[i] < other.numbers[i] ? -1 : 1;
        }
      }
      if (parts.isEmpty() || other.parts.isEmpty()) {
        return parts.isEmpty() && other.parts.isEmpty() ? 0 : parts.isEmpty() ? 1 : -1;
      }
      for (int i = 0; i < parts.size() && i < other.parts.size(); i++) {
        int order = part(parts.get(i), other.parts.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.signum(parts.size() - other.parts.size());
    }

    private static int part(String a, String b) {
      boolean numberA = a.matches("[0-9]+");
      boolean numberB = b.matches("[0-9]+");
      if (numberA && numberB) {
        return Integer.signum(new BigInteger(a).compareTo(new BigInteger(b)));
      }
      return numberA ? -1 : numberB ? 1 : Integer.signum(a.compareTo(b));
    }
  }

  @Test
  void versions_are_ordered_as_semver_orders_them() throws Exception {
    Random random = new Random(131);
    for (int i = 0; i < 10_000; i++) {
      Version a = Version.any(random);
      Version b =
          random.nextInt(3) == 0
              ? new Version(a.numbers(), Version.any(random).parts(), "")
              : Version.any(random);
      assertThat(text("semver.compare", a.text(), b.text()))
          .as("%s and %s", a.text(), b.text())
          .isEqualTo(Integer.toString(a.compareTo(b)));
      assertThat(text("semver.compare", "v" + b.text(), a.text()))
          .isEqualTo(Integer.toString(-a.compareTo(b)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "1.2.x",
        "a.b.c",
        "1.2.3-\u00e9",
        "1.2.3-a..b",
        "1.2.3+a..b",
        "1.2.3-a b",
        " 1.2.3",
        "1.2.3 ",
        "-1.2.3",
        "1.-2.3",
        "vv1.2.3",
        "V1.2.3",
        "1.2.+3",
        "1.2.9223372036854775808",
        "\u0661.2.3",
        "1.2.3+a+b"
      })
  void what_is_no_version_is_not_compared(String version) throws Exception {
    assertThat(text("semver.is_valid", version)).isEqualTo("false");
    assertThat(error("semver.compare", version, "1.0.0"))
        .startsWith("operand 1: string ")
        .endsWith(" is not a valid SemVer");
    assertThat(error("semver.compare", "1.0.0", version)).startsWith("operand 2: string ");
  }

  @Test
  void amounts_of_bytes_are_the_number_times_the_unit() throws Exception {
    Random random = new Random(132);
    String letters = "kmgtpe";
    for (int i = 0; i < 3_000; i++) {
      int power = 1 + random.nextInt(6);
      boolean binary = random.nextBoolean();
      String unit =
          letters.charAt(power - 1) + (binary ? "i" : "") + (random.nextBoolean() ? "b" : "");
      String cased = random.nextBoolean() ? unit : unit.toUpperCase(Locale.ROOT);
      BigInteger factor =
          binary ? BigInteger.ONE.shiftLeft(10 * power) : BigInteger.TEN.pow(3 * power);
      String number = random.nextInt(10_000) + (random.nextBoolean() ? ".5" : "");
      BigInteger expected =
          new BigDecimal(number).multiply(new BigDecimal(factor)).toBigIntegerExact();
      assertThat(text("units.parse_bytes", number + cased))
          .as(number + cased)
          .isEqualTo(expected.toString());
      assertThat(text("units.parse_bytes", "\"" + number + cased + "\""))
          .isEqualTo(expected.toString());
      if (!unit.endsWith("b") && !cased.equals("m")) {
        assertThat(text("units.parse", number + cased))
            .as(number + cased)
            .isEqualTo(expected.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "1 k", "1kk", "1x", "1.2.3k", "--1", "1e1000000", "\u0661k"})
  void what_is_no_amount_is_an_error_of_the_function(String amount) {
    assertThat(error("units.parse", amount)).startsWith("units.parse: ");
    assertThat(error("units.parse_bytes", amount)).startsWith("units.parse_bytes: ");
  }

  /** Any change of one letter is accepted or refused as the JDK's strict decoder does. */
  @Test
  void base64_is_accepted_as_the_jdk_accepts_it() throws Exception {
    Random random = new Random(133);
    String letters = "ABab09+/-_=\u00e9 .";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(9); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(i % 2 == 0 ? letters.length() : 8)));
      }
      String given = text.toString();
      boolean valid = given.length() % 4 == 0 && decodes(Base64.getDecoder(), given);
      assertThat(text("base64.is_valid", given)).as(given).isEqualTo(String.valueOf(valid));
      assertThat(error("base64.decode", given).startsWith("no error")).isEqualTo(valid);
      String url = given.replace('+', '-').replace('/', '_');
      boolean padded = url.endsWith("=");
      boolean urlValid = decodes(Base64.getUrlDecoder(), url) && (!padded || url.length() % 4 == 0);
      assertThat(error("base64url.decode", url).startsWith("no error")).as(url).isEqualTo(urlValid);
    }
  }

  private static boolean decodes(Base64.Decoder decoder, String text) {
    try {
      return decoder.decode(text).length >= 0 && text.chars().allMatch(c -> c < 0x80);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void line_breaks_in_base64_do_not_count_and_other_blanks_do() throws Exception {
    assertThat(text("base64.decode", "aGVs\nbG8=\r\n")).isEqualTo("\"hello\"");
    assertThat(text("base64.decode", "\n\na\nG\nVs\n")).isEqualTo("\"hel\"");
    assertThat(text("base64.decode", "aA=\n=")).isEqualTo("\"h\"");
    assertThat(error("base64.decode", "aGVs bG8="))
        .isEqualTo("illegal base64 data at input byte 4");
    assertThat(error("base64.decode", "aGVs\nb=8="))
        .isEqualTo("illegal base64 data at input byte 6");
  }

  @Test
  void hex_is_read_in_either_case_and_nothing_else_is() throws Exception {
    Random random = new Random(134);
    for (int i = 0; i < 2_000; i++) {
      byte[] ascii = new byte[random.nextInt(8)];
      for (int b = 0; b < ascii.length; b++) {
        ascii[b] = (byte) (0x20 + random.nextInt(0x5f));
      }
      String hex = HexFormat.of().formatHex(ascii);
      String mixed = random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT);
      String decoded = Objects.requireNonNull(call("hex.decode", mixed)).asText();
      assertThat(decoded).isEqualTo(new String(ascii, java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(error("hex.decode", mixed + "a")).isEqualTo("encoding/hex: odd length hex string");
    }
    for (String odd : List.of("0g", "g0", " 0", "0x", "\uff11\uff11", "\u0661\u0661", "+1", "-1")) {
      assertThat(error("hex.decode", odd)).as(odd).startsWith("encoding/hex: invalid byte: U+00");
    }
  }

  @Test
  void sorting_is_by_type_then_value_and_loses_nothing() throws Exception {
    Random random = new Random(135);
    for (int i = 0; i < 1_000; i++) {
      List<Object> items = new ArrayList<>();
      for (int n = random.nextInt(12); n > 0; n--) {
        items.add(random.nextInt(5));
      }
      List<Object> sorted = new ArrayList<>(items);
      Collections.sort(sorted, (a, b) -> Integer.compare((int) a, (int) b));
      assertThat(call("sort", items)).isEqualTo(Calls.value(sorted));
      int sum = items.stream().mapToInt(n -> (int) n).sum();
      assertThat(text("sum", items)).isEqualTo(Integer.toString(sum));
      assertThat(text("count", items)).isEqualTo(Integer.toString(items.size()));
      if (items.isEmpty()) {
        assertThat(text("max", items)).isEqualTo("undefined");
        assertThat(text("min", items)).isEqualTo("undefined");
        assertThat(text("product", items)).isEqualTo("1");
      } else {
        assertThat(text("max", items)).isEqualTo(sorted.get(sorted.size() - 1).toString());
        assertThat(text("min", items)).isEqualTo(sorted.get(0).toString());
      }
    }
    assertThat(text("sort", Calls.value(List.of("a", 2, true, Calls.set(), List.of(), 1))))
        .isEqualTo("[true, 1, 2, \"a\", [], set()]");
  }
}
