package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where events could go, as consoles know it (admin contract 2.11, 6.3). */
@Timeout(60)
class IntegrationsRouteTest {
  private static final List<String> ALWAYS =
      List.of("splunk", "datadog", "sentinel", "s3", "otlp", "webhook", "kafka", "servicenow");

  @TempDir Path directory;

  private JsonNode listed(String... variables) {
    try (TestGate gate = TestGate.start(directory, variables)) {
      return OperatorClient.superadmin(gate).read("integrations").path("integrations");
    }
  }

  @Test
  void those_of_the_contract_are_listed_in_its_order_when_nothing_is_configured() {
    JsonNode listed = listed();

    assertThat(listed.findValuesAsText("name")).isEqualTo(ALWAYS);
    for (JsonNode one : listed) {
      assertThat(one.path("configured").asBoolean()).isFalse();
      assertThat(one.has("endpoint")).isFalse();
      assertThat(one.path("last_flush_ts").asText()).isEqualTo("0001-01-01T00:00:00Z");
      assertThat(one.path("total_events").asInt(-1)).isZero();
      assertThat(one.path("dropped_count").asInt(-1)).isZero();
    }
  }

  @Test
  void the_others_follow_where_they_are_configured() {
    JsonNode listed =
        listed("SIEM_PUBSUB_TOPIC", "t", "SIEM_KINESIS_STREAM", "k", "SIEM_FIREHOSE_STREAM", "f");

    assertThat(listed.findValuesAsText("name"))
        .hasSize(11)
        .startsWith(ALWAYS.toArray(String[]::new))
        .endsWith("kinesis", "firehose", "pubsub");
    assertThat(listed.at("/8/configured").asBoolean()).isTrue();
    assertThat(listed.at("/8/endpoint").asText()).isEqualTo("k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://h.example/x/y | https://h.example",
        "https://hooks.example/services/T0/pass | https://hooks.example",
        "https://h.example;pass | ``",
        "https://h.example:8443 | https://h.example:8443",
        "https://user:pass@h.example/x | https://h.example",
        "https://h.example/x?token=pass | https://h.example",
        "https://h.example/x#pass | https://h.example",
        "https://[::1]:8443/x | https://[::1]:8443",
        "hooks.example/services/T0/pass | ``",
        "https:/services/T0/pass | ``",
        "https:pass | ``",
        "user:pass@h.example | ``",
        "not a url with pass@word | ``",
        "https://user:pass@/x | ``"
      })
  void of_an_endpoint_only_its_place_is_shown(String configured, String shown) {
    JsonNode webhook = listed("SIEM_WEBHOOK_URL", configured).get(5);

    assertThat(webhook.path("name").asText()).isEqualTo("webhook");
    assertThat(webhook.path("configured").asBoolean()).isTrue();
    assertThat(webhook.path("endpoint").asText()).isEqualTo(shown).doesNotContain("pass");
  }

  @Test
  void several_brokers_are_shown_and_none_of_them_with_who_signs_in() {
    assertThat(listed("SIEM_KAFKA_BROKERS", "a:9092,b:9092").at("/6/endpoint").asText())
        .isEqualTo("a:9092,b:9092");
    assertThat(listed("SIEM_KAFKA_BROKERS", "a:9092,u:pass@b:9092").at("/6/endpoint").asText())
        .isEmpty();
  }
}
