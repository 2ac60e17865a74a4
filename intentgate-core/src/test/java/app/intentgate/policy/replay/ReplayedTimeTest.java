package app.intentgate.policy.replay;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditStore;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.policy.RegoPolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A policy that asks for the time is told that of the recorded call, not that of the dry run. */
class ReplayedTimeTest {
  private static final String BY_DAY =
      """
      package intentgate.policy
      default decision := {"allow": false, "reason": "at night"}
      decision := {"allow": true} if {
        [hour, _, _] := time.clock(time.now_ns())
        hour >= 8
        hour < 18
      }
      """;
  private static final JsonObject CALL = JsonObject.of("tool", JsonString.of("pay"));

  private final AuditStore audit = new MemoryAuditStore();

  private void record(Instant at) {
    audit
        .append(
            AuditEvent.builder()
                .at(at)
                .callId("call-" + at)
                .phase(AuditPhase.DECISION)
                .tool("pay")
                .decision(AuditDecision.ALLOW)
                .build())
        .toCompletableFuture()
        .join();
  }

  @Test
  void calls_of_a_day_are_decided_each_at_its_hour() {
    IntStream.range(0, 24)
        .mapToObj(hour -> Instant.parse("2026-01-02T%02d:30:00Z".formatted(hour)))
        .forEach(this::record);
    DryRunRequest request =
        new DryRunRequest(BY_DAY, "", null, null, 1_000, 100, "", "", "", true, null);

    DryRunReport report =
        new DryRun(
                audit,
                RegoPolicyEngine.compile("p.rego", BY_DAY, "candidate"),
                PolicyExplainer.of("p.rego", BY_DAY),
                request,
                null)
            .run();

    assertThat(report.summary().allow()).isEqualTo(10);
    assertThat(report.summary().block()).isEqualTo(14);
    assertThat(report.samples())
        .hasSize(14)
        .allSatisfy(
            sample -> {
              assertThat(sample.candidateReason()).isEqualTo("at night");
              int hour = Integer.parseInt(String.valueOf(sample.at()).substring(11, 13));
              Explanation why = sample.explanation();
              assertThat(why).isNotNull();
              assertThat(why.failed())
                  .extracting(Explanation.Failed::row)
                  .contains(hour < 8 ? 5 : 6);
            });
  }

  @Test
  void a_time_beyond_what_nanoseconds_can_tell_is_the_furthest_they_can() {
    String source =
        "package intentgate.policy\n"
            + "decision := {\"allow\": time.now_ns() > 0, \"reason\": \"\"}\n";
    RegoPolicyEngine engine = RegoPolicyEngine.compile("p.rego", source, "candidate");

    for (Instant late : List.of(Instant.MAX, Instant.parse("2400-01-01T00:00:00Z"))) {
      assertThat(engine.evaluateAt(CALL, late).allow()).isTrue();
    }
    for (Instant early : List.of(Instant.MIN, Instant.parse("1500-01-01T00:00:00Z"))) {
      assertThat(engine.evaluateAt(CALL, early).allow()).isFalse();
    }
  }
}
