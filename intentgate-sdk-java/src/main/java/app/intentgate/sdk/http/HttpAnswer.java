package app.intentgate.sdk.http;

import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * One answer.
 *
 * @param status the status
 * @param headers the headers
 * @param body the body; of an event stream, the data of the event that was waited for
 */
public record HttpAnswer(int status, HttpHeaders headers, byte[] body) {
  /** The value of a header, or the empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Whether the body says that it is JSON, or is an event of a stream. */
  public boolean saysJson() {
    String type = header("content-type").toLowerCase(Locale.ROOT);
    return type.startsWith("application/json") || isEventStream(headers);
  }

  static boolean isEventStream(HttpHeaders headers) {
    return headers
        .firstValue("content-type")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .startsWith("text/event-stream");
  }
}
