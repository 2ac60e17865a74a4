package app.intentgate.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * {@code GET /openapi.json}: what the routes take and answer, for programs (B40). Whoever asks gets
 * it: it says nothing of this gate, and is the same for all of one version.
 */
public final class OpenApiRoute {
  private static final String PATH = "/openapi.json";

  private final byte[] document = document();

  /** The route. */
  public OpenApiRoute() {}

  /** Adds it to a Javalin configuration. */
  public void bind(JavalinConfig config) {
    Handler handler = this::show;
    config.routes.addEndpoint(new Endpoint(HandlerType.GET, PATH, handler));
    config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, PATH, handler));
  }

  private void show(Context context) {
    context.contentType("application/json").result(document);
  }

  /** The document, beside this class. */
  static byte[] document() {
    try (InputStream in = OpenApiRoute.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "openapi.json is not in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
