package app.intentgate.server.oauth;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.util.List;

/**
 * {@code GET /.well-known/oauth-protected-resource}, and the same with the path of the runtime
 * route after it: what clients read to find out where to get a token. Needs none.
 */
public final class MetadataRoute {
  /** The paths it is served at. */
  public static final List<String> PATHS =
      List.of(ProtectedResource.PATH, ProtectedResource.PATH + "/v1/mcp");

  private final byte[] metadata;

  /** Shows a resource. */
  public MetadataRoute(ProtectedResource resource) {
    this.metadata = resource.metadata();
  }

  /** Adds the routes. */
  public void bind(JavalinConfig config) {
    Handler handler = this::show;
    for (String path : PATHS) {
      config.routes.addEndpoint(new Endpoint(HandlerType.GET, path, handler));
      config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, path, handler));
    }
  }

  private void show(Context context) {
    context
        .header("Cache-Control", "max-age=300")
        .contentType("application/json")
        .result(metadata.clone());
  }
}
