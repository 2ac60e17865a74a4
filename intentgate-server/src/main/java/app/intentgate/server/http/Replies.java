package app.intentgate.server.http;

import app.intentgate.json.JsonOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Small answers in the forms clients of the contract know. */
public final class Replies {
  /** The content type of every JSON answer. */
  public static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

  private static final HttpField TEXT =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
  private static final HttpField NO_SNIFF =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

  private Replies() {}

  /** Answers with JSON bytes, which end with a line feed already. */
  public static void json(Response response, Callback callback, int status, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(JSON);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Answers with {@code {"error": text}}. */
  public static void error(Response response, Callback callback, int status, String text) {
    json(response, callback, status, errorBody(text));
  }

  /** The body of an error. */
  public static byte[] errorBody(String text) {
    return JsonOutput.htmlSafe()
        .beginObject()
        .name("error")
        .string(text)
        .endObject()
        .raw(new byte[] {'\n'})
        .toByteArray();
  }

  /** What an unknown path, or the route of a feature that is off, answers. */
  public static void notFound(Response response, Callback callback) {
    text(response, callback, 404, "404 page not found\n");
  }

  /** What a wrong method answers. */
  static void methodNotAllowed(Response response, Callback callback, String allow) {
    response.getHeaders().put(HttpHeader.ALLOW, allow);
    text(response, callback, 405, "Method Not Allowed\n");
  }

  /** Answers without a body. */
  public static void empty(Response response, Callback callback, int status) {
    response.setStatus(status);
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  private static void text(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(TEXT).put(NO_SNIFF);
    response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
