package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerRatesTest {
  private final AtomicLong nanos = new AtomicLong();
  private final CallerRates rates = new CallerRates(nanos::get);

  private int admitted(String caller, int requests) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      if (rates.admit(caller)) {
        admitted++;
      }
    }
    return admitted;
  }

  @Test
  void aBurstPassesAndThenTheRate() {
    assertThat(admitted("a", 1_000)).isEqualTo(CallerRates.BURST);
    nanos.addAndGet(1_000_000_000);
    assertThat(admitted("a", 1_000)).isEqualTo(CallerRates.PER_SECOND);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(admitted("a", 1_000)).as("a pause saves up no more").isEqualTo(CallerRates.BURST);
  }

  @Test
  void callersDoNotHoldEachOtherUp() {
    admitted("a", 1_000);

    assertThat(admitted("b", 10)).isEqualTo(10);
  }

  @Test
  void tokensMadeOfOneTokenHaveItsAllowanceTogether_B35() {
    IntentGate gate = IntentGate.builder().build();
    CapabilityToken token = gate.mint(Grant.to("agent").tenant("acme"));
    CapabilityToken narrowed = token.attenuate(new Caveat.ToolAllow(List.of("read_*")));
    String mine = CallerRates.source(caller(gate, token), "10.0.0.1");

    assertThat(CallerRates.source(caller(gate, narrowed), "10.0.0.2")).isEqualTo(mine);
    assertThat(CallerRates.source(caller(gate, gate.mint(Grant.to("agent"))), "10.0.0.1"))
        .as("another token")
        .isNotEqualTo(mine);
    assertThat(CallerRates.source(Caller.ANONYMOUS, "10.0.0.1")).isEqualTo("10.0.0.1");
  }

  private static Caller caller(IntentGate gate, CapabilityToken token) {
    return gate.admit(new Credential.Bearer(token.encode()), null).found();
  }

  @Test
  void whoComesWhenTooManyAreRememberedSharesOneAllowance() {
    for (int i = 0; i < 10_000; i++) {
      rates.admit("caller-" + i);
    }
    assertThat(admitted("x", 150) + admitted("y", 150)).isEqualTo(CallerRates.BURST);
    nanos.addAndGet(10_000_000_000L);
    assertThat(admitted("z", 1_000)).as("the old ones are forgotten").isEqualTo(CallerRates.BURST);
  }
}
