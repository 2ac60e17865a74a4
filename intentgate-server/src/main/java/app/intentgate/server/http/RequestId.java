package app.intentgate.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The id that a caller gave its request: the answer carries it. */
final class RequestId {
  private static final String NAME = "X-Request-Id";
  private static final String FORM = "[!-~]{1,128}";

  private RequestId() {}

  /** Gives it back; one that is no plain text of at most 128 characters is left out. */
  static void echo(Request request, Response response) {
    String id = request.getHeaders().get(NAME);
    if (id != null && id.matches(FORM)) {
      response.getHeaders().put(NAME, id);
    }
  }
}
