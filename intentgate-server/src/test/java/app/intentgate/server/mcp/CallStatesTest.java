package app.intentgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The states of calls that take several rounds (mcp M7). */
class CallStatesTest {
  private static final Owner OWNER = new Owner("acme", "chain");
  private static final JsonObject ARGS = JsonObject.of("id", JsonString.of("7"));

  private final KeyRing keys = KeyRing.generate();
  private final TestClock clock = new TestClock();
  private final CallStates states = new CallStates(keys, new SecureRandom(), clock);

  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private String state() {
    return states.seal("call-1", OWNER, "pay", ARGS, JsonString.of("theirs"));
  }

  @Test
  void m7AStateCountsOnceAndGivesTheServersOwnBack() {
    String state = state();
    CallStates.Found first = states.use(state, OWNER, "pay", ARGS);
    CallStates.Found again = states.use(state, OWNER, "pay", ARGS);

    assertThat(first).isEqualTo(new CallStates.Found("call-1", JsonString.of("theirs")));
    assertThat(again).isEqualTo(new CallStates.Found(null, JsonString.of("theirs")));
  }

  @Test
  void m7AnotherTokenToolOrArgumentIsNotThatCall() {
    assertThat(states.use(state(), new Owner("acme", "other"), "pay", ARGS)).isNull();
    assertThat(states.use(state(), new Owner("globex", "chain"), "pay", ARGS)).isNull();
    assertThat(states.use(state(), OWNER, "read", ARGS)).isNull();
    assertThat(states.use(state(), OWNER, "pay", null)).isNull();
    assertThat(states.use("forged", OWNER, "pay", ARGS)).isNull();
  }

  @Test
  void m7AStateThatCouldNotComeBackIsNotMade() {
    String longest = null;
    for (int length = 11_000; length < 13_000; length++) {
      String state = states.seal("call-1", OWNER, "pay", ARGS, JsonString.of("x".repeat(length)));
      if (state == null) {
        break;
      }
      longest = state;
      assertThat(states.use(state, OWNER, "pay", ARGS)).as("%s", length).isNotNull();
    }
    assertThat(longest).isNotNull().hasSizeBetween(16_380, 16_384);
  }

  @Test
  void m7AnOldStateAndOneOfAnotherGateBelongToANewCall() {
    CallStates other = new CallStates(keys, new SecureRandom(), clock);
    assertThat(other.use(state(), OWNER, "pay", ARGS))
        .as("or each gate of a fleet would let it count once")
        .isEqualTo(new CallStates.Found(null, JsonString.of("theirs")));

    String old = state();
    clock.now = clock.now.plus(Duration.ofMinutes(61));
    assertThat(states.use(old, OWNER, "pay", ARGS))
        .isEqualTo(new CallStates.Found(null, JsonString.of("theirs")));
  }

  @Test
  void m7AUsedStateStaysUsedWhenTheClockIsAheadForAWhileOrSetBack() {
    String used = state();
    Instant then = clock.now;
    assertThat(states.use(used, OWNER, "pay", ARGS).callId()).isNotNull();

    clock.now = then.plus(Duration.ofDays(3650));
    assertThat(states.use(state(), OWNER, "pay", ARGS).callId()).isNotNull();
    for (Duration back : List.of(Duration.ZERO, Duration.ofMinutes(30))) {
      clock.now = then.minus(back);
      assertThat(states.use(used, OWNER, "pay", ARGS).callId()).as("%s", back).isNull();
    }
  }
}
