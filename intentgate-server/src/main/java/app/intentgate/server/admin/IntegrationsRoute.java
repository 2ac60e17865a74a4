package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.server.config.Config;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /v1/admin/integrations}: where events could go (admin contract 6.3). This version
 * shows what is configured and delivers nothing yet, so nothing was ever flushed.
 */
final class IntegrationsRoute implements RouteGroup {
  /** The names in the contract's order, the variable that configures each, and its endpoint's. */
  private static final List<Sink> SINKS =
      List.of(
          new Sink("splunk", "SIEM_SPLUNK_TOKEN", "SIEM_SPLUNK_URL", true),
          new Sink("datadog", "SIEM_DATADOG_API_KEY", "SIEM_DATADOG_SITE", true),
          new Sink("sentinel", "SIEM_SENTINEL_CLIENT_SECRET", "SIEM_SENTINEL_DCE_URL", true),
          new Sink("s3", "SIEM_S3_BUCKET", "SIEM_S3_BUCKET", true),
          new Sink("otlp", "SIEM_OTLP_ENDPOINT", "SIEM_OTLP_ENDPOINT", true),
          new Sink("webhook", "SIEM_WEBHOOK_URL", "SIEM_WEBHOOK_URL", true),
          new Sink("kafka", "SIEM_KAFKA_BROKERS", "SIEM_KAFKA_BROKERS", true),
          new Sink(
              "servicenow", "SIEM_SERVICENOW_INSTANCE_URL", "SIEM_SERVICENOW_INSTANCE_URL", true),
          new Sink("kinesis", "SIEM_KINESIS_STREAM", "SIEM_KINESIS_STREAM", false),
          new Sink("tencent", "SIEM_TENCENT_BROKERS", "SIEM_TENCENT_BROKERS", false),
          new Sink("eventbridge", "SIEM_EVENTBRIDGE_BUS", "SIEM_EVENTBRIDGE_BUS", false),
          new Sink("firehose", "SIEM_FIREHOSE_STREAM", "SIEM_FIREHOSE_STREAM", false),
          new Sink("pubsub", "SIEM_PUBSUB_TOPIC", "SIEM_PUBSUB_TOPIC", false));

  /** What clients of the contract know as never. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final Config config;

  /**
   * One place that events can go to.
   *
   * @param always whether it is listed when it is not configured, too
   */
  private record Sink(String name, String configuredBy, String endpoint, boolean always) {
    /** Whether its endpoint is an address, and not the name of a bucket, a topic or a broker. */
    boolean hasAddress() {
      return endpoint.endsWith("_URL") || endpoint.endsWith("_ENDPOINT");
    }
  }

  IntegrationsRoute(Config config) {
    this.config = config;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/integrations", this::list);
  }

  private void list(AdminCall call) {
    JsonOutput out = AdminCall.json().name("integrations").beginArray();
    for (Sink sink : SINKS) {
      boolean configured = !config.sinkText(sink.configuredBy()).isEmpty();
      if (!configured && !sink.always()) {
        continue;
      }
      out.beginObject().name("name").string(sink.name()).name("configured").bool(configured);
      if (configured) {
        out.name("endpoint").string(shown(sink, config.sinkText(sink.endpoint())));
      }
      out.name("last_flush_ts").string(NEVER);
      out.name("total_events").number(0).name("dropped_count").number(0).endObject();
    }
    call.reply(out.endArray());
  }

  /** Where an endpoint is, or what it is called. */
  private static String shown(Sink sink, String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      boolean isName = uri.getHost() == null && !sink.hasAddress() && endpoint.indexOf('@') < 0;
      return isName ? endpoint : ShownAddress.withoutPath(uri);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
