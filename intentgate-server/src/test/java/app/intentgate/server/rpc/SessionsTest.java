package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sessions of clients: whose they are, and what is kept of how many. */
class SessionsTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");
  private static final Credential TOKEN = new Credential.Bearer("t");
  private static final Elicits FORM = new Elicits(true, false);
  private static final int MOST = 10_000;

  private final Sessions sessions =
      new Sessions(
          new SessionIds(KeyRing.generate(), new SecureRandom()),
          new OpenCalls(IntentGate.builder().build(), new MemoryOpenCallStore()));
  private final List<UpstreamResult> lost = new ArrayList<>();

  private Awaited waiting(int id) {
    return new Awaited() {
      @Override
      public JsonValue rpcId() {
        return JsonNumber.of(id);
      }

      @Override
      public byte[] answered(UpstreamResult result) {
        lost.add(result);
        return new byte[0];
      }

      @Override
      public byte[] plain(UpstreamResult result) {
        return new byte[0];
      }

      @Override
      public void abandoned() {}
    };
  }

  private SessionState found(String id, Owner owner) {
    return Objects.requireNonNull(sessions.find(id, owner, TOKEN));
  }

  @Test
  void aSessionIsFoundByItsOwnerAgainAndAgainAsTheSame() {
    String id = sessions.open("up", ANN, FORM);
    SessionState first = found(id, ANN);
    assertThat(first.upstreamId()).isEqualTo("up");
    assertThat(first.elicits()).isEqualTo(FORM);
    assertThat(first.clientId()).isEqualTo(id);
    assertThat(found(id, ANN)).isSameAs(first);
    assertThat(sessions.find(id, BOB, TOKEN)).isNull();
    assertThat(sessions.find(id + "x", ANN, TOKEN)).isNull();
    assertThat(sessions.find("acme\nann", ANN, TOKEN)).isNull();
  }

  @Test
  void theStateOfWhoHasNoSessionIsNoSessionThatAClientCouldName() {
    SessionState none = sessions.withoutSession(ANN);
    assertThat(sessions.withoutSession(ANN)).isSameAs(none);
    assertThat(sessions.withoutSession(BOB)).isNotSameAs(none);
    assertThat(none.clientId()).isEmpty();
    SessionState named = sessions.find("acme\nann", BOB, TOKEN);
    assertThat(named).isNull();
    assertThat(sessions.where(each -> true)).as("and is no session with the server").isEmpty();
  }

  @Test
  void aSessionThatEndsGivesUpWhatWaitedInItAndNothingElse() {
    String one = sessions.open("up-1", ANN, FORM);
    String two = sessions.open("up-2", ANN, FORM);
    found(one, ANN).park(waiting(1));
    found(two, ANN).park(waiting(2));
    sessions.end(found(one, ANN));
    assertThat(lost).singleElement().isInstanceOf(UpstreamResult.TimedOut.class);
    assertThat(found(two, ANN).unpark(JsonNumber.of(2))).isNotNull();
    assertThat(sessions.where(each -> true)).hasSize(1);
  }

  @Test
  void whatWaitsIsNotGivenUpBeforeItsTime() {
    String id = sessions.open("up", ANN, FORM);
    found(id, ANN).park(waiting(1));
    sessions.expire();
    assertThat(lost).isEmpty();
    assertThat(found(id, ANN).unpark(JsonNumber.of(1))).isNotNull();
  }

  @Test
  void anotherRequestOfTheSameIdTakesThePlaceOfTheFirstWhichIsGivenUp() {
    SessionState session = found(sessions.open("up", ANN, FORM), ANN);
    Awaited second = waiting(1);
    session.park(waiting(1));
    session.park(second);
    assertThat(lost).hasSize(1);
    assertThat(session.unpark(JsonNumber.of(1))).isSameAs(second);
    assertThat(session.unpark(JsonNumber.of(1))).isNull();
  }

  @Test
  void ofAThousandAndOneThatWaitTheOldestIsGivenUp() {
    SessionState session = found(sessions.open("up", ANN, FORM), ANN);
    for (int i = 0; i <= 1_000; i++) {
      session.park(waiting(i));
    }
    assertThat(lost).hasSize(1);
    assertThat(session.unpark(JsonNumber.of(0))).isNull();
    assertThat(session.unpark(JsonNumber.of(1))).isNotNull();
    session.expire(true);
    assertThat(lost).hasSize(1_000);
  }

  @Test
  void tenThousandAreKeptAndTheOneNotUsedForLongestGivesUpWhatWaitedInIt() {
    String first = sessions.open("up-first", ANN, FORM);
    String second = sessions.open("up-second", ANN, FORM);
    found(first, ANN).park(waiting(1));
    found(second, ANN).park(waiting(2));
    for (int i = 2; i < MOST; i++) {
      sessions.withoutSession(new Owner("acme", "c" + i));
    }
    assertThat(lost).isEmpty();
    found(first, ANN);
    sessions.withoutSession(BOB);
    assertThat(lost).as("the second, since the first was used").hasSize(1);
    assertThat(found(first, ANN).unpark(JsonNumber.of(1))).isNotNull();
    assertThat(found(second, ANN).unpark(JsonNumber.of(2)))
        .as("its id is good for all that, and holds nothing any more")
        .isNull();
  }

  @Test
  void whatAClientDeclaresIsRememberedForItsOwnerUntilItDeclaresNothing() {
    sessions.declared(ANN, FORM);
    assertThat(sessions.declaredBy(ANN)).isEqualTo(FORM);
    assertThat(sessions.declaredBy(BOB)).isEqualTo(Elicits.NOT);
    sessions.declared(ANN, Elicits.NOT);
    assertThat(sessions.declaredBy(ANN)).isEqualTo(Elicits.NOT);
    for (int i = 0; i <= MOST; i++) {
      sessions.declared(new Owner("acme", "c" + i), FORM);
    }
    assertThat(sessions.declaredBy(new Owner("acme", "c0"))).isEqualTo(Elicits.NOT);
    assertThat(sessions.declaredBy(new Owner("acme", "c1"))).isEqualTo(FORM);
  }
}
