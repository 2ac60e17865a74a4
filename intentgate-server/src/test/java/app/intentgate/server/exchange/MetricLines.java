package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares lines of Prometheus' text format: each recorded one must be there, with values and
 * {@code le} bounds compared as numbers.
 */
final class MetricLines {
  private static final Pattern BOUND = Pattern.compile("le=\"([^\"]*)\"");

  private MetricLines() {}

  static List<String> differences(JsonNode expected, String body) {
    List<String> lines = body.lines().map(MetricLines::normal).toList();
    List<String> out = new ArrayList<>();
    for (JsonNode want : expected) {
      String line = normal(want.asText());
      boolean found =
          line.endsWith(" <number>")
              ? lines.stream().anyMatch(l -> startsWithAndIsNumber(l, line))
              : lines.contains(line);
      if (!found) {
        out.add("no line " + want);
      }
    }
    return out;
  }

  private static boolean startsWithAndIsNumber(String line, String want) {
    String name = want.substring(0, want.length() - "<number>".length());
    return line.startsWith(name) && number(line.substring(name.length())) != null;
  }

  private static String normal(String line) {
    if (line.startsWith("#")) {
      return line;
    }
    Matcher bound = BOUND.matcher(line);
    String text = line;
    if (bound.find() && number(bound.group(1)) != null) {
      text =
          line.substring(0, bound.start(1)) + number(bound.group(1)) + line.substring(bound.end(1));
    }
    int space = text.lastIndexOf(' ');
    Double value = space < 0 ? null : number(text.substring(space + 1));
    return value == null ? text : text.substring(0, space + 1) + value;
  }

  private static Double number(String text) {
    try {
      return text.equals("+Inf") ? Double.valueOf(Double.POSITIVE_INFINITY) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
