package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each requirement of a transparent gateway is in the name of a test: {@code l5L9The…}. */
class McpRequirementsTest {
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest)\\b[^;{}]*?\\bvoid"
              + " ((?:[tlm]\\d+)(?:(?:And)?[TLM]\\d+)*)[A-Z]");
  private static final Pattern NUMBER = Pattern.compile("[tlmTLM]\\d+");

  @Test
  void everyRequirementIsInTheNameOfATest() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith("Test.java")).toList();
      for (Path source : sources) {
        Matcher test = TEST.matcher(Files.readString(source));
        while (test.find()) {
          Matcher number = NUMBER.matcher(test.group(1));
          while (number.find()) {
            named.add(number.group().toUpperCase(Locale.ROOT));
          }
        }
      }
    }
    Set<String> wanted = new TreeSet<>();
    numbers(wanted, "T", 12);
    numbers(wanted, "L", 11);
    numbers(wanted, "M", 16);
    assertThat(named).containsAll(wanted);
  }

  private static void numbers(Set<String> into, String letter, int last) {
    for (int i = 1; i <= last; i++) {
      into.add(letter + i);
    }
  }
}
