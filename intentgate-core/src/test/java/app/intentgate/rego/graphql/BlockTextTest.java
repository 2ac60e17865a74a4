package app.intentgate.rego.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockTextTest {
  private static String of(String raw) {
    return BlockText.of(raw, lines -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|``",
        "_|``",
        "a|a",
        "__a__|__a__",
        "__a/____b/__c|__a/__b/c",
        "/__a/____b/__c/|a/__b/c",
        "/__a//____b/_/|a//__b",
        "a/_/b|a/_/b",
        "a/____/__b|a/__/b",
      })
  void common_indentation_and_blank_ends_mean_nothing(String raw, String text) {
    assertThat(of(shown(raw))).isEqualTo(shown(text));
  }

  private static String shown(String text) {
    return text.replace('_', ' ').replace('/', '\n');
  }

  @Test
  void a_block_means_what_a_slow_reading_of_the_rules_makes_of_it() {
    Random random = new Random(41);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder raw = new StringBuilder();
      for (int n = random.nextInt(16); n > 0; n--) {
        raw.append("  \tab\n\n".charAt(random.nextInt(7)));
      }

      assertThat(of(raw.toString())).as("<%s>", raw).isEqualTo(slow(raw.toString()));
    }
  }

  /** {@code BlockStringValue} of the GraphQL specification, line by line. */
  private static String slow(String raw) {
    List<String> lines = new ArrayList<>(List.of(raw.split("\n", -1)));
    int common = -1;
    for (String line : lines.subList(1, lines.size())) {
      int indent = line.length() - line.replaceFirst("^[ \t]+", "").length();
      if (indent < line.length() && (common < 0 || indent < common)) {
        common = indent;
      }
    }
    for (int i = 1; i < lines.size() && common > 0; i++) {
      lines.set(i, lines.get(i).substring(Math.min(common, lines.get(i).length())));
    }
    while (!lines.isEmpty() && lines.get(0).matches("[ \t]*")) {
      lines.remove(0);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).matches("[ \t]*")) {
      lines.remove(lines.size() - 1);
    }
    return String.join("\n", lines);
  }
}
