package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.ScriptedServer.Asked;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that the gate opens with servers which were away when the client began. */
class LateSessionsTest {
  private final ScriptedServer sap = new ScriptedServer("sap");
  private final ToolServer server = sap.server();
  private final LateSessions late = new LateSessions("9.9");
  private final SessionMap session = SessionMap.of(Map.of());

  private CompletableFuture<@Nullable Opened> within() {
    return late.within(session, server);
  }

  @Test
  void allWhoAskMeanwhileWaitForOneSessionAndItIsReadyBeforeTheyGoOn() {
    CompletableFuture<@Nullable Opened> one = within();
    CompletableFuture<@Nullable Opened> two = within();
    assertThat(sap.asked())
        .singleElement()
        .extracting(Asked::body)
        .asString()
        .contains("'method':'initialize'", "'id':'gate-initialize'", "'version':'9.9'");
    assertThat(late.known(session, server)).isNull();
    sap.last().result("{'protocolVersion':'2025-06-18'}", "theirs");
    assertThat(one).as("the server was not told yet").isNotDone();
    assertThat(sap.last().body()).contains("'notifications/initialized'");
    assertThat(sap.last().headers())
        .containsExactly("MCP-Protocol-Version=2025-06-18", "Mcp-Session-Id=theirs");
    sap.last().answer(new UpstreamResult.Unusable(202, 0, "accepted"), null);
    assertThat(one).isCompletedWithValue(new Opened("theirs", "2025-06-18"));
    assertThat(two).isCompletedWithValue(new Opened("theirs", "2025-06-18"));
    assertThat(late.known(session, server)).isEqualTo(new Opened("theirs", "2025-06-18"));
  }

  @Test
  void aServerThatRefusesIsAskedAgainByTheNext() {
    CompletableFuture<@Nullable Opened> first = within();
    sap.last().answer(new UpstreamResult.HttpError(503, false), null);
    assertThat(first).isCompletedWithValue(null);
    var unused = within();
    assertThat(sap.asked()).hasSize(2);
  }

  @Test
  void aSessionThatCannotStandInAHeaderIsNone() {
    CompletableFuture<@Nullable Opened> first = within();
    sap.last().result("{}", "two\nlines");
    assertThat(first).isCompletedWithValue(null);
    assertThat(sap.asked()).as("and is not spoken in").hasSize(1);
  }

  @Test
  void aServerThatKeepsNoSessionHasOneWithoutAName() {
    CompletableFuture<@Nullable Opened> first = within();
    sap.last().result("{'protocolVersion':'2025-11-25'}");
    sap.last().answer(new UpstreamResult.Unusable(202, 0, "accepted"), null);
    assertThat(first).isCompletedWithValue(new Opened("", "2025-11-25"));
  }

  @Test
  void whatTheClientsOwnIdHoldsIsNotOpenedAgain() {
    Opened opened = new Opened("own", "2025-06-18");
    SessionMap own = SessionMap.of(Map.of("sap", opened));
    assertThat(late.within(own, server)).isCompletedWithValue(opened);
    assertThat(late.known(own, server)).isEqualTo(opened);
    assertThat(late.within(null, server)).isCompletedWithValue(null);
    assertThat(late.known(null, server)).isNull();
    assertThat(sap.asked()).isEmpty();
  }

  @Test
  void oneThatIsOverIsForgottenAndThatOfAnotherClientIsNot() {
    SessionMap other = SessionMap.of(Map.of());
    for (SessionMap each : new SessionMap[] {session, other}) {
      var unused = late.within(each, server);
      sap.last().result("{}", "theirs");
      sap.last().answer(new UpstreamResult.Unusable(202, 0, "accepted"), null);
    }
    late.forget(session.id(), server);
    assertThat(late.known(session, server)).isNull();
    assertThat(late.known(other, server)).isNotNull();
  }

  @Test
  void aThousandAreKeptAndTheOneNotUsedForLongestMakesRoom() {
    SessionMap[] many = new SessionMap[1_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = SessionMap.of(Map.of());
      if (i == 1_000) {
        var unused = late.within(many[0], server);
      }
      var unused = late.within(many[i], server);
    }
    assertThat(sap.asked()).hasSize(1_001);
    var unused = late.within(many[0], server);
    assertThat(sap.asked()).as("it was used").hasSize(1_001);
    unused = late.within(many[1], server);
    assertThat(sap.asked()).as("this one is opened anew").hasSize(1_002);
  }
}
