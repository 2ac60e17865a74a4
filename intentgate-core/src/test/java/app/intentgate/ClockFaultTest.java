package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.check.Patience;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that stands still, leaps ahead, or was never set: limits hold, and no wait hangs. */
@Timeout(60)
class ClockFaultTest {
  private static final String ESCALATES =
      "{\"allow\": false, \"escalate\": true, \"reason\": \"ask\"}";

  private final SetClock clock = new SetClock();
  private final IntentGate gate =
      IntentGate.builder().policy(FixedPolicy.allowing()).clock(clock).build();

  @AfterEach
  void close() {
    gate.close();
  }

  private boolean isAllowed(CapabilityToken token) {
    return gate.authorize(ToolCall.of("read_a", Map.of()).bearer(token)).allowed();
  }

  /** So many events, of tokens made and of calls, are there in the order they came in. */
  private void assertChain(int events) {
    assertThat(gate.audit().query(AuditQuery.all()).events())
        .extracting(StoredEvent::seq)
        .hasSize(events)
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(gate.audit().verify("acme", null, null).ok()).isTrue();
  }

  @Test
  void one_that_stands_still_grants_a_rate_once_and_goes_on_when_it_moves() {
    CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme").maxCalls(5).ratePerMinute(3));
    for (int i = 0; i < 10; i++) {
      assertThat(isAllowed(token)).as("call %d of a minute without end", i).isEqualTo(i < 3);
    }
    clock.now = clock.now.plusSeconds(61);
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).as("a sixth call of five").isFalse();
    assertChain(1 + 13);
  }

  private IntentGate asking(Duration window) {
    return IntentGate.builder()
        .policy(new FixedPolicy(ESCALATES, "a".repeat(64)))
        .clock(clock)
        .approvalWindow(window)
        .build();
  }

  private static CompletableFuture<Decision> held(IntentGate asking, Duration patience) {
    CapabilityToken token = asking.mint(Grant.to("bot").tenant("acme"));
    return asking
        .authorizeAsync(ToolCall.of("pay", Map.of()).bearer(token), Patience.of(patience))
        .toCompletableFuture();
  }

  @Test
  void one_that_stands_still_keeps_no_held_call_longer_than_its_caller_waits() throws Exception {
    try (IntentGate asking = asking(Duration.ofMinutes(5))) {
      CompletableFuture<Decision> held = held(asking, Duration.ofMillis(100));
      assertThat(held.get(20, TimeUnit.SECONDS).allowed()).isFalse();
      assertThat(asking.approvals().list(ApprovalQuery.newest(2))).hasSize(1);
    }
  }

  @Test
  void a_held_call_ends_when_the_clock_stops_at_the_very_end_of_its_time() throws Exception {
    try (IntentGate asking = asking(Duration.ofMillis(50))) {
      CompletableFuture<Decision> held = held(asking, Duration.ofMinutes(5));
      clock.now = asking.approvals().list(ApprovalQuery.newest(1)).get(0).expiresAt();
      assertThat(held.get(20, TimeUnit.SECONDS).allowed()).isFalse();
    }
  }

  @Test
  void one_that_leaps_ahead_ends_tokens_gives_nothing_back_and_is_believed_when_it_is_set_right() {
    Instant right = clock.now;
    CapabilityToken token =
        gate.mint(Grant.to("bot").tenant("acme").maxCalls(3).expiresIn(Duration.ofHours(1)));
    CapabilityToken lasting = gate.mint(Grant.to("bot").tenant("acme").maxCalls(2));
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(lasting)).isTrue();

    clock.now = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(isAllowed(token)).as("expired").isFalse();
    assertThat(isAllowed(lasting)).isTrue();
    assertThat(isAllowed(lasting)).as("a third call of two").isFalse();

    clock.now = right.plusSeconds(1);
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).as("a fourth call of three").isFalse();
    assertThat(isAllowed(lasting)).as("a third call of two").isFalse();
    assertChain(2 + 9);
  }

  @Test
  void one_that_was_never_set_begins_in_1970_where_limits_hold_and_tokens_are_not_valid_yet() {
    CapabilityToken later = gate.mint(Grant.to("bot").tenant("acme").notBefore(clock.now));
    CapabilityToken limited = gate.mint(Grant.to("bot").tenant("acme").maxCalls(2));
    clock.now = Instant.EPOCH;
    assertThat(isAllowed(later)).isFalse();
    assertThat(isAllowed(limited)).isTrue();
    assertThat(isAllowed(limited)).isTrue();
    assertThat(isAllowed(limited)).isFalse();
    assertChain(2 + 4);
  }
}
