package app.intentgate.server.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An HTTP answer, or the failure to get one.
 *
 * @param status the status; 0 when no answer came
 * @param headers name and value, in order
 * @param body the body, or what went wrong
 */
public record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
  static Answer none(String why) {
    return new Answer(0, List.of(), why.getBytes(StandardCharsets.UTF_8));
  }

  /** The first header of a name, or null. */
  public String header(String name) {
    return headers.stream()
        .filter(h -> h.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The body as text; bytes that are not UTF-8 become U+FFFD. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return status + " " + (body.length > 300 ? text().substring(0, 300) + "..." : text());
  }
}
