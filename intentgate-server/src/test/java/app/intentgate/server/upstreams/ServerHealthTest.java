package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.entry;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNull;
import app.intentgate.server.upstream.UpstreamResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a server that fails is left alone, and when it is tried again. */
class ServerHealthTest {
  private static final UpstreamResult OK = new UpstreamResult.Result(200, 1, JsonNull.NULL);
  private static final UpstreamResult BROKEN = new UpstreamResult.Broken(0);
  private static final long REST = 5_000;

  private final SetMillis clock = new SetMillis();
  private final ServerHealth health = new ServerHealth(clock, 3);

  private static final class SetMillis extends Clock {
    private long millis = 1_000_000;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
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

  private UpstreamReport report() {
    return health.report(entry("sap", "sap_", Map.of()));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      health.ended(BROKEN);
    }
  }

  @Test
  void oneFailureFewerThanPatienceIsBorneAndOneSuccessForgetsThem() {
    fail(2);
    assertThat(health.permits()).isTrue();
    assertThat(report().status()).isEqualTo("down");
    health.ended(OK);
    fail(2);
    assertThat(health.permits()).as("only those in a row count").isTrue();
    fail(1);
    assertThat(health.permits()).isFalse();
    assertThat(report().failures()).isEqualTo(3);
  }

  @Test
  void afterARestOneRequestTriesUntilItsEndIsKnown() {
    fail(3);
    clock.millis += REST - 1;
    assertThat(health.permits()).isFalse();
    clock.millis++;
    assertThat(health.permits()).isTrue();
    assertThat(health.permits()).as("the others still wait").isFalse();
    clock.millis += REST - 1;
    assertThat(health.permits()).isFalse();
    clock.millis++;
    assertThat(health.permits()).as("the one that tried never came back").isTrue();
    health.ended(BROKEN);
    assertThat(health.permits()).isFalse();
    clock.millis += REST;
    assertThat(health.permits()).isTrue();
    health.answered();
    assertThat(health.permits()).isTrue();
    assertThat(health.permits()).as("it is there again, for all").isTrue();
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(OK, null),
        Arguments.of(new UpstreamResult.RpcError(200, 1, JsonNull.NULL), null),
        Arguments.of(new UpstreamResult.RpcError(400, 1, JsonNull.NULL), null),
        Arguments.of(new UpstreamResult.Unusable(202, 0, "x"), null),
        Arguments.of(new UpstreamResult.HttpError(404, false), null),
        Arguments.of(new UpstreamResult.HttpError(499, false), null),
        Arguments.of(new UpstreamResult.HttpError(500, false), "HTTP 500"),
        Arguments.of(new UpstreamResult.HttpError(503, false), "HTTP 503"),
        Arguments.of(new UpstreamResult.TooLarge(200), null),
        Arguments.of(new UpstreamResult.TooLarge(500), "HTTP 500"),
        Arguments.of(new UpstreamResult.TimedOut(0), "no complete answer in time"),
        Arguments.of(new UpstreamResult.TimedOut(200), "no complete answer in time"),
        Arguments.of(BROKEN, "the connection could not be made or broke"),
        Arguments.of(new UpstreamResult.Broken(200), "the connection could not be made or broke"));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void onlyTheServersOwnFailuresCount(UpstreamResult end, String why) {
    health.ended(end);
    assertThat(report().lastError()).isEqualTo(why);
    assertThat(report().status()).isEqualTo(why == null ? "up" : "down");
    assertThat(report().lastFailure()).isEqualTo(why == null ? null : clock.instant());
    assertThat(report().lastSuccess()).isEqualTo(why == null ? clock.instant() : null);
  }

  @Test
  void whatWasNeverAskedIsUnknown() {
    assertThat(report().status()).isEqualTo("unknown");
    assertThat(report().tools()).isNull();
  }
}
