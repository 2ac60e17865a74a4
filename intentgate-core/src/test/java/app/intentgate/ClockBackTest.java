package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A clock that jumps back grants nothing more and leaves the chain in order. */
class ClockBackTest {
  private final SetClock clock = new SetClock();
  private final IntentGate gate =
      IntentGate.builder().policy(FixedPolicy.allowing()).clock(clock).build();

  private boolean isAllowed(CapabilityToken token) {
    return gate.authorize(ToolCall.of("read_a", Map.of()).bearer(token)).allowed();
  }

  @Test
  void limits_hold_and_events_stay_in_the_order_they_happened_B30() {
    CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme").maxCalls(5).ratePerMinute(3));
    assertThat(isAllowed(token)).isTrue();
    clock.now = clock.now.minus(Duration.ofHours(6));
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).as("a fourth call of three a minute").isFalse();
    clock.now = clock.now.plus(Duration.ofHours(12));
    assertThat(isAllowed(token)).isTrue();
    assertThat(isAllowed(token)).isTrue();
    clock.now = clock.now.minus(Duration.ofHours(2));
    assertThat(isAllowed(token)).as("a sixth call of five").isFalse();

    List<StoredEvent> events = gate.audit().query(AuditQuery.all()).events();
    assertThat(events).extracting(StoredEvent::seq).containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(gate.audit().verify("acme", null, null).ok()).isTrue();
  }

  @Test
  void a_token_that_is_not_valid_yet_waits_and_a_revoked_one_stays_revoked() {
    CapabilityToken later =
        gate.mint(Grant.to("bot").tenant("acme").notBefore(clock.now.plusSeconds(60)));
    CapabilityToken revoked = gate.mint(Grant.to("bot").tenant("acme"));
    clock.now = clock.now.plusSeconds(120);
    assertThat(isAllowed(later)).isTrue();
    gate.revoke(revoked.id(), "lost");
    clock.now = clock.now.minusSeconds(100);
    assertThat(isAllowed(later)).isFalse();
    assertThat(isAllowed(revoked)).isFalse();
  }
}
