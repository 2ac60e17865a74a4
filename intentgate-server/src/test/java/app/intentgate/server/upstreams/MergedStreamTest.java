package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.Heard.event;
import static app.intentgate.server.upstreams.Heard.head;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several servers' own streams as one. */
class MergedStreamTest {
  private final Heard client = new Heard();
  private final MergedStream merged = new MergedStream(client, "ours", new LateNews());
  private final UpstreamReceiver sap = merged.source(new ScriptedServer("sap").server());
  private final UpstreamReceiver crm = merged.source(new ScriptedServer("crm").server());
  private final List<String> given = new ArrayList<>();

  MergedStreamTest() {
    merged.expect(2);
    merged.add(() -> given.add("sap"));
    merged.add(() -> given.add("crm"));
  }

  private static String say(String text) {
    return "{'method':'" + text + "'}";
  }

  @Test
  void itBeginsOnceUnderItsOwnSessionAndCarriesWhatAllSay() {
    sap.onStream(head(200));
    sap.onEvents(List.of(event(say("a")), event(say("b"))), () -> {});
    crm.onStream(head(200));
    crm.onEvents(List.of(event(say("c"))), () -> {});
    assertThat(client.all).containsExactly("stream ours", say("a"), say("b"), say("c"));
  }

  @Test
  void oneThatGivesNoStreamIsLeftOutWhicheverWay() {
    sap.onFailure(new UpstreamResult.TimedOut(0));
    assertThat(client.all).as("the other may still").isEmpty();
    crm.onStream(head(200));
    crm.onEvents(List.of(event(say("c"))), () -> {});
    assertThat(client.all).containsExactly("stream ours", say("c"));
    assertThat(given).isEmpty();
  }

  @Test
  void whereNoneGivesOneTheFirstRefusalIsTheAnswer() {
    sap.onAnswer(head(405), new byte[0]);
    crm.onFailure(new UpstreamResult.Broken(0));
    assertThat(client.all).containsExactly("answer 405 ");
    crm.onFailure(new UpstreamResult.Broken(0));
    assertThat(client.all).as("told once").hasSize(1);
  }

  @Test
  void aRefusalAfterAnotherBeganIsNobodysBusiness() {
    sap.onStream(head(200));
    crm.onAnswer(head(405), new byte[0]);
    assertThat(client.all).containsExactly("stream ours");
  }

  @Test
  void theFirstThatEndsEndsAllAndTheOthersAreGivenUp() {
    sap.onStream(head(200));
    crm.onStream(head(200));
    sap.onStreamEnd();
    crm.onEvents(List.of(event(say("late"))), () -> {});
    crm.onStreamEnd();
    crm.onFailure(new UpstreamResult.Broken(200));
    assertThat(client.all).containsExactly("stream ours", "end");
    assertThat(given).containsExactly("sap", "crm");
  }

  @Test
  void aStreamThatBreaksIsOneThatEnds() {
    sap.onStream(head(200));
    sap.onFailure(new UpstreamResult.Broken(200));
    assertThat(client.all).containsExactly("stream ours", "end");
    crm.onStream(head(200));
    assertThat(client.all).as("it does not begin again").hasSize(2);
  }

  @Test
  void whatAServerSaysWaitsForTheClientAndItsNextForThat() {
    List<String> asked = new ArrayList<>();
    client.slow = true;
    sap.onStream(head(200));
    sap.onEvents(List.of(event(say("a1"))), () -> asked.add("sap"));
    crm.onEvents(List.of(event(say("c1"))), () -> asked.add("crm"));
    merged.tell(List.of(event(say("ours"))));
    assertThat(client.all).containsExactly("stream ours", say("a1"));
    assertThat(asked).isEmpty();
    client.more.remove().run();
    assertThat(client.all).containsExactly("stream ours", say("a1"), say("c1"));
    assertThat(asked).containsExactly("sap");
    client.more.remove().run();
    assertThat(asked).containsExactly("sap", "crm");
    client.more.remove().run();
    assertThat(client.all).endsWith(say("ours"));
    sap.onEvents(List.of(event(say("a2"))), () -> asked.add("sap"));
    assertThat(client.all).as("nobody waits any more").endsWith(say("a2"));
  }

  @Test
  void whenItIsGivenUpWhatWaitedIsDroppedAndAllServersAreLeft() {
    client.slow = true;
    sap.onStream(head(200));
    sap.onEvents(List.of(event(say("a1"))), () -> {});
    crm.onEvents(List.of(event(say("c1"))), () -> {});
    merged.cancel();
    client.more.remove().run();
    merged.cancel();
    assertThat(client.all).containsExactly("stream ours", say("a1"), "Broken");
    assertThat(given).containsExactly("sap", "crm", "sap", "crm");
  }

  @Test
  void anExchangeThatComesAfterTheEndIsGivenUpAtOnce() {
    merged.cancel();
    given.clear();
    merged.add(() -> given.add("late"));
    assertThat(given).containsExactly("late");
  }
}
