package app.intentgate.server.metrics;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** {@code GET /metrics}: needs no token, and is there only when it is turned on. */
public final class MetricsRoute {
  private final PrometheusRegistry registry;
  private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter open = OpenMetricsTextFormatWriter.create();

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
    // Prometheus asks for binary first where it takes native histograms; there are texts alone
    // here.
    ExpositionFormatWriter writer = open.accepts(context.header("Accept")) ? open : plain;
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    writer.write(out, registry.scrape());
    context.contentType(writer.getContentType()).result(out.toByteArray());
  }
}
