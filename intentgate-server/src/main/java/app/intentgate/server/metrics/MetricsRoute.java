package app.intentgate.server.metrics;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code GET /metrics}: needs no token, and is there only when it is turned on. */
public final class MetricsRoute {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /** Shows these series. */
  public MetricsRoute(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** Adds the route. */
  public void bind(JavalinConfig config) {
    Handler handler = this::show;
    config.routes.addEndpoint(new Endpoint(HandlerType.GET, "/metrics", handler));
    config.routes.addEndpoint(new Endpoint(HandlerType.HEAD, "/metrics", handler));
  }

  private void show(Context context) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(context.header("Accept"));
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    writer.write(out, registry.scrape());
    context.contentType(writer.getContentType()).result(out.toByteArray());
  }
}
